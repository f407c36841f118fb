#include "support/program.h"

#include <QProcess>
#include <QTest>

#include <csignal>
#include <memory>

using namespace eventloupe;

/// `eventloupe copy`, as a script has it.
class CliCopyTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Program> m_program;

    ProgramRun run(const QString& words) const { return m_program->run(words); }
    QByteArray exported(const QString& store) const
    {
        return run(QStringLiteral("export ") + store).out;
    }
    /// Copies s.eventlog to t.eventlog until it is ended.
    void startFollowing(QProcess& process) const
    {
        process.setWorkingDirectory(m_program->path(QStringLiteral(".")));
        process.start(QStringLiteral(EVENTLOUPE_PROGRAM),
            { QStringLiteral("copy"), QStringLiteral("s.eventlog"), QStringLiteral("t.eventlog"),
                QStringLiteral("--follow") });
        QVERIFY(process.waitForStarted(Program::patience));
    }

private slots:
    void init() { m_program = std::make_unique<Program>(); }

    void printsOneObject()
    {
        m_program->makeStore(50);
        const auto copied = run(QStringLiteral("copy s.eventlog t.eventlog --batch 20"));
        QCOMPARE(copied.err, QByteArray());
        QCOMPARE(copied.code, 0);
        QCOMPARE(copied.lines().size(), 1);
        QCOMPARE(copied.lines().constFirst(),
            json("{'from':'s.eventlog','to':'t.eventlog','copied':50,'skipped':0,'events':50,"
                 "'last':50,'verified':50,'by':'hash chain','read_back':50}"));
        QCOMPARE(exported(QStringLiteral("t.eventlog")), exported(QStringLiteral("s.eventlog")));
        const auto again = run(QStringLiteral("copy s.eventlog t.eventlog --check"));
        QCOMPARE(again.code, 0);
        QCOMPARE(again.err, QByteArray("eventloupe: t.eventlog has all of 50 events already\n"));
        QCOMPARE(again.object().value(QStringLiteral("copied")).toInt(), 0);
        QCOMPARE(again.object().value(QStringLiteral("read_back")).toInt(), 50);
    }

    void fillsAWorkspace()
    {
        m_program->makeStore(5);
        QCOMPARE(run(QStringLiteral("init shop --template empty")).code, 0);
        QCOMPARE(run(QStringLiteral("copy s.eventlog shop")).code, 0);
        QCOMPARE(exported(QStringLiteral("shop")), exported(QStringLiteral("s.eventlog")));
        QCOMPARE(run(QStringLiteral("copy shop u.eventlog")).code, 0);
        QCOMPARE(exported(QStringLiteral("u.eventlog")), exported(QStringLiteral("s.eventlog")));
        const auto same = run(QStringLiteral("copy shop shop"));
        QCOMPARE(same.code, 1);
        QVERIFY2(same.err.contains("is the log itself"), same.err.constData());
    }

    void refusesAnotherLog()
    {
        m_program->makeStore(5);
        QCOMPARE(m_program
                     ->run(QStringLiteral("import t.eventlog -"),
                         json("{'stream':'a-1','type':'T','data':{}}\n"))
                     .code,
            0);
        const auto refused = run(QStringLiteral("copy s.eventlog t.eventlog"));
        QCOMPARE(refused.code, 1);
        QCOMPARE(refused.out, QByteArray());
        QCOMPARE(refused.err,
            QByteArray("eventloupe: t.eventlog is no copy of s.eventlog: event 1 differs in the "
                       "id. Nothing was copied.\n"));
        const auto missing = run(QStringLiteral("copy none.eventlog u.eventlog"));
        QCOMPARE(missing.code, 1);
        QVERIFY(!QFile::exists(m_program->path(QStringLiteral("u.eventlog"))));
        QCOMPARE(run(QStringLiteral("copy s.eventlog")).code, 2);
        QCOMPARE(run(QStringLiteral("copy s.eventlog t.eventlog --batch 0")).code, 2);
    }

    void followsUntilItIsInterrupted()
    {
        m_program->makeStore(5);
        QProcess process;
        startFollowing(process);
        const auto events = [this](const char* store) {
            return exported(QString::fromLatin1(store)).count('\n');
        };
        QTRY_COMPARE_WITH_TIMEOUT(events("t.eventlog"), 5, Program::patience);
        QCOMPARE(m_program
                     ->run(QStringLiteral("import s.eventlog -"),
                         json("{'stream':'a-1','type':'T','data':{}}\n"))
                     .code,
            0);
        QTRY_COMPARE_WITH_TIMEOUT(events("t.eventlog"), 6, Program::patience);
        QTest::qWait(500); // It verifies what it stored, and waits for more then.
        ::kill(pid_t(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(Program::patience));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(exported(QStringLiteral("t.eventlog")), exported(QStringLiteral("s.eventlog")));
    }

    /// A backup that can go on no longer is a failure for whoever started it.
    void endsWhereTheLogIsGone()
    {
        m_program->makeStore(5);
        QProcess process;
        startFollowing(process);
        QTRY_COMPARE_WITH_TIMEOUT(
            exported(QStringLiteral("t.eventlog")).count('\n'), 5, Program::patience);
        QVERIFY(QFile::rename(
            m_program->path(QStringLiteral("s.eventlog")), m_program->path(QStringLiteral("old"))));
        QVERIFY(process.waitForFinished(20'000));
        QCOMPARE(process.exitCode(), 1);
        QCOMPARE(process.readAllStandardError(),
            QByteArray("eventloupe: s.eventlog was replaced or moved since it was opened. Close it "
                       "and open it again. The copy follows it no longer: t.eventlog has its "
                       "events up to 5, and none after that.\n"));
    }

    void helpTellsOfIt()
    {
        for (const char* words : { "help copy", "copy --help" }) {
            const auto help = run(QString::fromLatin1(words));
            QCOMPARE(help.code, 0);
            QVERIFY2(help.out.startsWith("Usage: eventloupe copy FROM TO"), help.out.constData());
        }
    }
};

QTEST_GUILESS_MAIN(CliCopyTest)
#include "tst_clicopy.moc"
