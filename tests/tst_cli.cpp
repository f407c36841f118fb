#include "support/program.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

#include <csignal>

#include <sys/stat.h>
#include <unistd.h>

// The program as a script sees it: words in, streams and an exit code out.

using namespace eventloupe;

class TestCli : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Program> m_program;

    ProgramRun run(const QString& words, const QByteArray& input = {})
    {
        return m_program->run(words, input);
    }

private slots:
    void init() { m_program = std::make_unique<Program>(); }

    void helpAndVersionNeedNoDisplay()
    {
        const auto version = run(u"--version"_qs);
        QCOMPARE(version.code, 0);
        QVERIFY(version.out.startsWith("eventloupe "));
        const auto help = run(u"--help"_qs);
        QCOMPARE(help.code, 0);
        for (const auto* verb : { "init", "import", "export", "copy", "log", "streams", "state",
                 "command", "replay", "projection", "eval", "validate", "verify" }) {
            QVERIFY2(help.out.contains(verb), verb);
            const auto own = run(QString::fromLatin1(verb) + u" --help"_qs);
            QCOMPARE(own.code, 0);
            QVERIFY2(own.out.startsWith(QByteArray("Usage: eventloupe ") + verb), own.out);
        }
    }

    void windowWithoutADisplaySaysSo()
    {
        const auto result = run(QString());
        QCOMPARE(result.code, 1);
        QVERIFY(result.err.startsWith("eventloupe: there is no display"));
    }

    void wrongUsageIsOneLineAndTwo_data()
    {
        QTest::addColumn<QString>("words");
        QTest::newRow("verb") << u"improt a b"_qs;
        QTest::newRow("verb alone") << u"exprot"_qs;
        QTest::newRow("option alone") << u"--bogus"_qs;
        QTest::newRow("tour without a folder") << u"--tour"_qs;
        QTest::newRow("missing") << u"import a"_qs;
        QTest::newRow("many") << u"verify a b"_qs;
        QTest::newRow("option") << u"log a --frm 1"_qs;
        QTest::newRow("no value") << u"log a --from"_qs;
        QTest::newRow("no number") << u"log a --from x"_qs;
        QTest::newRow("zero") << u"log a --to=0"_qs;
        QTest::newRow("twice") << u"log a --to=1 --to=2"_qs;
        QTest::newRow("format") << u"import a b --format xml"_qs;
        QTest::newRow("template") << u"init d --template pub"_qs;
        QTest::newRow("two moments") << u"state a s --at=1 --version=1"_qs;
        QTest::newRow("time") << u"state a s --time=noon"_qs;
        QTest::newRow("with") << u"eval 1 --with []"_qs;
    }
    void wrongUsageIsOneLineAndTwo()
    {
        QFETCH(QString, words);
        const auto result = run(words);
        QCOMPARE(result.code, 2);
        QCOMPARE(result.out, QByteArray());
        QCOMPARE(result.err.count('\n'), 1);
        QVERIFY2(result.err.startsWith("eventloupe: "), result.err.constData());
        QVERIFY2(result.err.contains("--help"), result.err.constData());
    }

    void missingStoreIsNotMadeByAReader()
    {
        for (const auto& words :
            { u"log no.eventlog"_qs, u"streams no.eventlog"_qs, u"export no.eventlog"_qs,
                u"replay no.eventlog"_qs, u"verify no.eventlog"_qs, u"state no.eventlog a-1"_qs }) {
            const auto result = run(words);
            QCOMPARE(result.code, 1);
            QVERIFY(result.err.startsWith("eventloupe: "));
        }
        QVERIFY(QDir(m_program->path(u"."_qs)).isEmpty());
    }

    void importedEventsComeBackToTheByte()
    {
        const auto line = json("{'position':1,'stream':'user-42','version':1,'type':'CREATED',"
                               "'time':'2026-03-01T14:03:22.000001Z','id':'e-1',"
                               "'data':{'b':1.10, 'a':'x','b':1e5},'metadata':{ }}\n");
        m_program->write(u"in.ndjson"_qs, line);
        const auto imported = run(u"import s.eventlog in.ndjson"_qs);
        QCOMPARE(imported.code, 0);
        QCOMPARE(imported.lines().value(0), "Imported 1 event of 1 stream, #1 to #1");
        QCOMPARE(run(u"log s.eventlog"_qs).out, line);
        QCOMPARE(run(u"export s.eventlog"_qs).out, line);
        QCOMPARE(run(u"export s.eventlog -o out.ndjson"_qs).code, 0);
        QCOMPARE(m_program->read(u"out.ndjson"_qs), line);
        QCOMPARE(run(u"export s.eventlog -o out.csv"_qs).code, 0);
        QVERIFY(m_program->read(u"out.csv"_qs).contains("user-42,1,CREATED"));
    }

    void badLineStoresNothing()
    {
        const auto result = run(u"import s.eventlog -"_qs,
            json("{'stream':'a-1','type':'T'}\n{'stream':'a-1','type':}\n"));
        QCOMPARE(result.code, 1);
        QVERIFY2(result.err.contains(":2:"), result.err.constData());
        QVERIFY2(result.err.contains("byte"), result.err.constData());
        QVERIFY(!QFile::exists(m_program->path(u"s.eventlog"_qs)));
        m_program->makeStore(3);
        const auto again = run(
            u"import s.eventlog -"_qs, json("{'stream':'a-1','type':'T'}\n{'stream':'a-1'}\n"));
        QCOMPARE(again.code, 1);
        QCOMPARE(run(u"log s.eventlog"_qs).lines().size(), 3);
        m_program->write(u"odd.csv"_qs, "one,two\n1,2\n");
        const auto odd = run(u"import t.eventlog odd.csv"_qs);
        QCOMPARE(odd.code, 1);
        QVERIFY2(odd.err.contains("odd.csv") && odd.err.contains("stream"), odd.err.constData());
        QCOMPARE(run(u"import t.eventlog no.ndjson"_qs).code, 1);
        QVERIFY(!QFile::exists(m_program->path(u"t.eventlog"_qs)));
    }

    void mapNamesTheFields()
    {
        m_program->write(u"in.csv"_qs, "case,what,when\n7,seen,2026-03-01T00:00:00Z\n");
        m_program->write(u"map.json"_qs,
            json("{'stream':{'template':'case-{case}'},'type':'what','time':'when'}"));
        const auto result = run(u"import s.eventlog in.csv --map map.json"_qs);
        QVERIFY2(result.code == 0, result.err.constData());
        const auto event = run(u"log s.eventlog"_qs).object();
        QCOMPARE(event.value(u"stream").toString(), u"case-7"_qs);
        QCOMPARE(event.value(u"type").toString(), u"seen"_qs);
        m_program->write(u"wrong.json"_qs, "{");
        const auto wrong = run(u"import s.eventlog in.csv --map wrong.json"_qs);
        QCOMPARE(wrong.code, 1);
        QVERIFY(wrong.err.contains("wrong.json"));
    }

    void logSelects()
    {
        m_program->makeStore(20);
        QCOMPARE(run(u"log s.eventlog"_qs).lines().size(), 20);
        QCOMPARE(run(u"log s.eventlog --from=5 --to=9"_qs).lines().size(), 5);
        QCOMPARE(run(u"log s.eventlog --type EVEN"_qs).lines().size(), 10);
        QCOMPARE(run(u"log s.eventlog --limit=3"_qs).lines().size(), 3);
        const auto one = run(u"log s.eventlog --stream item-1"_qs);
        QCOMPARE(one.lines().size(), 3);
        QCOMPARE(one.object(2).value(u"version").toInt(), 3);
        const auto where = m_program->run({ u"log"_qs, u"s.eventlog"_qs, u"--where"_qs,
            u"data.n > 18 || version == 1 && stream == \"item-2\""_qs });
        QCOMPARE(where.lines().size(), 3);
        const auto wrong = run(u"log s.eventlog --where data.n>"_qs);
        QCOMPARE(wrong.code, 1);
        QVERIFY(wrong.err.startsWith("eventloupe: "));
    }

    void saysWhereTheConditionFails()
    {
        m_program->makeStore(20);
        const auto where = [this](const QString& condition, const QStringList& more = {}) {
            return m_program->run(
                QStringList { u"log"_qs, u"s.eventlog"_qs, u"--where"_qs, condition } + more);
        };
        const auto missing = where(u"position < 7 || data.amount > 1"_qs);
        QCOMPARE(missing.code, 0);
        QCOMPARE(missing.lines().size(), 6);
        QCOMPARE(missing.err,
            QByteArray("eventloupe: --where could not be evaluated for 14 events, the first at "
                       "position 7: no such key 'amount' (column 22)\n"));
        const auto noTruth = where(u"data.n"_qs);
        QCOMPARE(noTruth.code, 0);
        QVERIFY2(noTruth.err.contains("20 events, the first at position 1: ")
                && noTruth.err.contains("not true or false"),
            noTruth.err.constData());
        QCOMPARE(where(u"data.n > 3"_qs).err, QByteArray());
        // Only what is before the last event that is wanted.
        const auto few
            = where(u"data.n % 2 == 0 || data.amount > 1"_qs, { u"--limit"_qs, u"3"_qs });
        QCOMPARE(few.lines().size(), 3);
        QVERIFY2(few.err.contains(" for 3 events, the first at "), few.err.constData());

        const auto never = where(u"1 + 1"_qs);
        QCOMPARE(never.code, 1);
        QCOMPARE(never.out, QByteArray());
        QVERIFY2(never.err.startsWith("eventloupe: 1:3: ") && never.err.contains("compare it"),
            never.err.constData());
    }

    void closedOutputIsNoFailure()
    {
        m_program->makeStore(20000);
        for (const auto& verb : { u"log s.eventlog"_qs, u"export s.eventlog --format csv"_qs }) {
            const auto result
                = m_program->shell(u"set -o pipefail; $E %1 | head -n 1 | wc -l"_qs.arg(verb));
            QCOMPARE(result.err, QByteArray());
            QCOMPARE(result.code, 0);
            QCOMPARE(result.out.trimmed(), QByteArray("1"));
        }
    }

    void fullDeviceIsAFailure()
    {
        if (!QFile::exists(u"/dev/full"_qs))
            QSKIP("there is no /dev/full here");
        m_program->makeStore(5);
        for (const auto& verb : { u"log s.eventlog"_qs, u"streams s.eventlog"_qs, u"eval 1"_qs }) {
            const auto result = m_program->shell(u"$E %1 > /dev/full"_qs.arg(verb));
            QCOMPARE(result.code, 1);
            QVERIFY(result.err.startsWith("eventloupe: "));
        }
    }

    void interruptedImportStoresNothing()
    {
        m_program->makeStore(3);
        QProcess process;
        process.setWorkingDirectory(m_program->path(u"."_qs));
        process.start(QStringLiteral(EVENTLOUPE_PROGRAM),
            { u"import"_qs, u"s.eventlog"_qs, u"-"_qs, u"--format"_qs, u"ndjson"_qs });
        QVERIFY(process.waitForStarted(Program::patience));
        const auto lines = json("{'stream':'a-1','type':'T','data':{}}\n").repeated(20000);
        // It is at work as soon as it took more than a pipe holds.
        process.write(lines);
        while (process.bytesToWrite() > 0)
            QVERIFY(process.waitForBytesWritten(Program::patience));
        ::kill(pid_t(process.processId()), SIGINT);
        process.write(lines);
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(Program::patience));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(process.readAllStandardError().startsWith("eventloupe: "));
        QVERIFY(run(u"verify s.eventlog"_qs).out.startsWith("3 events verified: no fault"));
    }

    void aSecondSignalEndsWhatDoesNotListen()
    {
        m_program->makeStore(1);
        QCOMPARE(::mkfifo(QFile::encodeName(m_program->path(u"pipe"_qs)).constData(), 0600), 0);
        QProcess process;
        process.setWorkingDirectory(m_program->path(u"."_qs));
        // To open a pipe waits for who writes to it: here, for ever.
        process.start(QStringLiteral(EVENTLOUPE_PROGRAM),
            { u"import"_qs, u"s.eventlog"_qs, u"pipe"_qs, u"--format"_qs, u"ndjson"_qs });
        QVERIFY(process.waitForStarted(Program::patience));
        const auto catches = [&process](int signal) {
            QFile status(u"/proc/%1/status"_qs.arg(process.processId()));
            if (!status.open(QIODevice::ReadOnly))
                return false;
            const auto text = status.readAll();
            const auto mask = text.mid(text.indexOf("SigCgt:") + 7).trimmed().left(16);
            return (mask.toULongLong(nullptr, 16) >> (signal - 1) & 1U) != 0;
        };
        QTRY_VERIFY(catches(SIGINT) && catches(SIGTERM));
        ::kill(pid_t(process.processId()), SIGINT);
        QTRY_VERIFY(!catches(SIGTERM));
        ::kill(pid_t(process.processId()), SIGTERM);
        QVERIFY(process.waitForFinished(Program::patience));
        QCOMPARE(process.exitStatus(), QProcess::CrashExit);
    }

    void streamsAsTheyWere()
    {
        m_program->makeStore(20);
        const auto now = run(u"streams s.eventlog"_qs);
        QCOMPARE(now.lines().size(), 7);
        QCOMPARE(now.lines().at(0),
            json("{'stream':'item-1','category':'item','version':3,'first_position':1,"
                 "'head_position':15}"));
        const auto then = run(u"streams s.eventlog --at=8"_qs);
        QCOMPARE(then.lines().size(), 7);
        QCOMPARE(then.object(0).value(u"version").toInt(), 2);
        QCOMPARE(then.object(0).value(u"head_position").toInt(), 8);
        QCOMPARE(run(u"streams s.eventlog --at=0"_qs).out, QByteArray());
        QCOMPARE(run(u"streams s.eventlog --at=2"_qs).lines().size(), 2);
        QCOMPARE(run(u"streams s.eventlog --limit=4"_qs).lines().size(), 4);
        QCOMPARE(run(u"streams s.eventlog --category item"_qs).lines().size(), 7);
        QCOMPARE(run(u"streams s.eventlog --category user"_qs).out, QByteArray());
    }

    void verifyFindsADamagedStore()
    {
        m_program->makeStore(200);
        const auto good = run(u"verify s.eventlog"_qs);
        QCOMPARE(good.code, 0);
        QCOMPARE(good.lines().last(), QByteArray("200 events verified: no fault"));
        QCOMPARE(good.err, QByteArray());
        // Nothing remembers the last event then.
        QVERIFY(QFile::rename(m_program->path(u"s.eventlog.head"_qs), m_program->path(u"h"_qs)));
        QVERIFY(run(u"verify s.eventlog"_qs).err.contains("Whether events are gone from the end"));
        QVERIFY(QFile::rename(m_program->path(u"h"_qs), m_program->path(u"s.eventlog.head"_qs)));
        auto bytes = m_program->read(u"s.eventlog"_qs);
        const auto place = bytes.indexOf(json("{'n':123}"));
        QVERIFY(place > 0);
        bytes[place + 5] = '9';
        m_program->write(u"s.eventlog"_qs, bytes);
        const auto bad = run(u"verify s.eventlog"_qs);
        QCOMPARE(bad.code, 1);
        QVERIFY2(bad.out.contains("#123: "), bad.out.constData());
        // A fault a line, and no page's damage told otherwise.
        bytes.replace(place / 8192 * 8192, 8192, QByteArray(8192, '\xff'));
        m_program->write(u"s.eventlog"_qs, bytes);
        const auto worse = run(u"verify s.eventlog"_qs).lines();
        for (const QByteArray& line : worse.mid(0, worse.size() - 1))
            QVERIFY2(line.startsWith('#') || line.startsWith("store: "), line);
        // For programs each event's by itself, and as many as are counted.
        const auto each = run(u"verify s.eventlog --json"_qs);
        QCOMPARE(each.code, 1);
        QVERIFY2(each.lines().size() > worse.size(), each.out.constData());
        QVERIFY2(worse.last().endsWith(
                     " verified: " + QByteArray::number(each.lines().size()) + " faults"),
            worse.last());
        QVERIFY2(each.err.contains(worse.last()), each.err.constData());
        QVERIFY(each.object(0).value(u"position").toInt() > 0);
        QVERIFY(!each.object(0).value(u"fault").toString().isEmpty());
        m_program->write(u"other.eventlog"_qs, "not a store");
        QCOMPARE(run(u"verify other.eventlog"_qs).code, 1);
    }

    void verifyCopiesWhatIsSound()
    {
        m_program->makeStore(200);
        QCOMPARE(run(u"verify s.eventlog --repair-to sound.eventlog"_qs).code, 0);
        auto bytes = m_program->read(u"s.eventlog"_qs);
        const auto place = bytes.indexOf(json("{'n':123}"));
        QVERIFY(place > 0);
        bytes[place + 5] = '9';
        m_program->write(u"s.eventlog"_qs, bytes);
        const auto repaired = run(u"verify s.eventlog --repair-to new.eventlog"_qs);
        QCOMPARE(repaired.code, 1);
        QCOMPARE(repaired.err,
            QByteArray("eventloupe: 199 events copied to new.eventlog, 1 left out\n"));
        QCOMPARE(repaired.lines().size(), 2);
        QVERIFY(repaired.lines().at(0).startsWith(
            json("{'position':123,'outcome':'left out','stream':'item-4','version':18,'reason':")));
        QCOMPARE(repaired.lines().at(1),
            json("{'position':130,'outcome':'renumbered','stream':'item-4','version':19,"
                 "'now':18}"));
        QCOMPARE(run(u"verify new.eventlog"_qs).code, 0);
        const auto again = run(u"verify s.eventlog --repair-to new.eventlog"_qs);
        QCOMPARE(again.code, 1);
        QVERIFY2(again.err.contains("new.eventlog is there already"), again.err.constData());
        QCOMPARE(run(u"verify s.eventlog --repair-to"_qs).code, 2);
    }
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
