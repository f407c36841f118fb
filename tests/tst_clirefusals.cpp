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

    /// Who does it again, since it failed, would store it twice.
    void whatIsStoredIsToldWhereTheOutputFails()
    {
        if (!QFile::exists(u"/dev/full"_qs))
            QSKIP("there is no /dev/full here");
        const auto told = [this](const QString& line) {
            const auto result = m_program->shell(line + u" > /dev/full"_qs);
            return QByteArray::number(result.code) + ' ' + result.err;
        };
        const QByteArray reason
            = "1 eventloupe: cannot write to standard output: No space left on device. ";
        m_program->write(u"two.ndjson"_qs,
            json("{'stream':'a-1','type':'T','data':{}}\n").repeated(2));
        QCOMPARE(told(u"$E import s.eventlog two.ndjson"_qs),
            reason + "2 events are stored, #1 to #2: do not do it again.\n");
        QCOMPARE(told(u"$E copy s.eventlog t.eventlog"_qs),
            reason + "The copy is done: t.eventlog has 2 events.\n");
        QCOMPARE(told(u"$E export s.eventlog -o out.csv"_qs), reason + "The file is written.\n");
        QCOMPARE(told(u"$E init shop --template users"_qs), reason + "The workspace is made.\n");
        QCOMPARE(told(u"$E command shop CREATE_USER name=Ada email=ada@example.org "
                      "userId=018e4c2a-7b1d-7c3e-9f00-2f6f1b1c0a55"_qs),
            reason + "1 event is stored, #1: do not do it again.\n");
        m_program->write(u"one.ndjson"_qs, json("{'stream':'a-1','type':'T','data':{}}\n"));
        QCOMPARE(told(u"$E branch s.eventlog --insert one.ndjson append --yes"_qs),
            reason + "1 event is stored, #3: do not do it again.\n");
        // What stores nothing has nothing to tell.
        QCOMPARE(told(u"$E import s.eventlog /dev/null --format ndjson"_qs),
            reason.chopped(2) + "\n");
    }

    /// That nobody reads the output any more is no excuse where the work itself fails.
    void failedWorkIsAFailureWhoeverReads()
    {
        m_program->makeStore(3);
        const auto result = m_program->shell(
            u"mkfifo p; exec 4<>p 5>p 4<&-; $E import s.eventlog . --format ndjson >&5; echo $?; "
            "$E import s.eventlog /proc/self/mem --format ndjson >&5; echo $?"_qs);
        QCOMPARE(result.out, QByteArray("1\n1\n"));
        QVERIFY2(result.err.contains("cannot be read"), result.err.constData());
    }
};

QTEST_GUILESS_MAIN(TestCliRefusals)
#include "tst_clirefusals.moc"
