#include "support/program.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

#include <csignal>

// What the program says and leaves where it was asked for something that cannot be.

using namespace eventloupe;

class TestCliRefusals : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Program> m_program;

    ProgramRun run(const QString& words) { return m_program->run(words); }

private slots:
    void init() { m_program = std::make_unique<Program>(); }

    void whatIsMisspeltIsNamed_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QByteArray>("told");
        const auto row = [](const char* words, const char* told) {
            QTest::newRow(words) << QString::fromUtf8(words) << QByteArray(told);
        };
        row("--tuor x", "there is no option '--tuor', did you mean '--tour'?");
        row("--tour x y", "--tour needs a folder");
        row("--log shop", "there is no option '--log', did you mean 'log'?");
        row("--bogus shop", "there is no option '--bogus'");
        row("-platform offscreen --tuor", "there is no option '--tuor', did you mean '--tour'?");
        row("lgo s.eventlog", "there is no verb or file 'lgo', did you mean 'log'?");
        row("lgo", "there is no verb or file 'lgo', did you mean 'log'?");
        row("log s.eventlog --limt 3", "there is no option --limt, did you mean '--limit'?");
        row("init d --templat shop", "there is no option --templat, did you mean '--template'?");
        row("shop es.eventlog", "'shop' is a file or folder, and no verb; the window opens one");
    }
    void whatIsMisspeltIsNamed()
    {
        QFETCH(QString, words);
        QFETCH(QByteArray, told);
        QVERIFY(QDir(m_program->path(u"."_qs)).mkpath(u"shop"_qs));
        const auto result = run(words);
        QCOMPARE(result.code, 2);
        QVERIFY2(result.err.contains(told), result.err.constData());
    }

    void aLogThatFindsNothingSaysSo()
    {
        m_program->makeStore(9);
        const auto behind = run(u"log s.eventlog --from 9 --to 3"_qs);
        QCOMPARE(behind.code, 0);
        QCOMPARE(behind.out, QByteArray());
        QCOMPARE(
            behind.err, QByteArray("eventloupe: nothing matches: --from 9 is behind --to 3\n"));
        const auto type = run(u"log s.eventlog --type NOPE"_qs);
        QCOMPARE(type.code, 0);
        QCOMPARE(type.err, QByteArray("eventloupe: no event matches\n"));
        QCOMPARE(run(u"log s.eventlog --from 9"_qs).err, QByteArray());
        QCOMPARE(run(u"init w --template shop"_qs).code, 0);
        QCOMPARE(run(u"log w"_qs).err, QByteArray("eventloupe: the log has no events\n"));
    }

    /// What failed for want of room is not in the way once there is some.
    void aFailedAttemptLeavesNothing_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("kilobytes");
        QTest::newRow("init") << u"init a/ws --template shop"_qs << 1;
        QTest::newRow("init, nothing at all") << u"init a/ws --template shop"_qs << 0;
        QTest::newRow("init, the store") << u"init a/ws --template empty"_qs << 48;
        QTest::newRow("describe") << u"describe s.eventlog a/ws"_qs << 0;
        QTest::newRow("report") << u"report s.eventlog -o a-report"_qs << 0;
    }
    void aFailedAttemptLeavesNothing()
    {
        QFETCH(QString, words);
        QFETCH(int, kilobytes);
        m_program->makeStore(20);
        const auto present = [this] {
            QStringList names;
            for (const auto& each : QDir(m_program->path(u"."_qs))
                                        .entryList({ u"a*"_qs }, QDir::AllEntries | QDir::Hidden))
                names.append(each);
            return names;
        };
        const auto failed = m_program->shell(u"ulimit -f %1; $E %2"_qs.arg(kilobytes).arg(words));
        QCOMPARE(failed.code, 1);
        QVERIFY2(!failed.err.isEmpty(), "it says nothing");
        QCOMPARE(present(), QStringList());
        const auto again = run(words);
        QVERIFY2(again.code == 0, again.err.constData());
        QCOMPARE(present().size(), 1);
    }

    /// An empty folder that was there stays.
    void aFailedInitKeepsTheFolder()
    {
        QVERIFY(QDir(m_program->path(u"."_qs)).mkpath(u"ws"_qs));
        QCOMPARE(m_program->shell(u"ulimit -f 1; $E init ws --template shop"_qs).code, 1);
        QVERIFY(QFileInfo(m_program->path(u"ws"_qs)).isDir());
        QVERIFY(QDir(m_program->path(u"ws"_qs)).isEmpty());
        QCOMPARE(run(u"init ws --template shop"_qs).code, 0);
    }

    void interruptedPrintingIsNoExport()
    {
        m_program->makeStore(50'000);
        QProcess process;
        process.setWorkingDirectory(m_program->path(u"."_qs));
        process.start(QStringLiteral(EVENTLOUPE_PROGRAM), { u"log"_qs, u"s.eventlog"_qs });
        // A pipe does not hold all of it.
        QVERIFY(process.waitForReadyRead(Program::patience));
        ::kill(pid_t(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(Program::patience));
        QCOMPARE(process.exitCode(), 1);
        const QByteArray told = process.readAllStandardError();
        QVERIFY2(told.contains("eventloupe: cancelled before all was printed"), told.constData());
    }
};

QTEST_GUILESS_MAIN(TestCliRefusals)
#include "tst_clirefusals.moc"
