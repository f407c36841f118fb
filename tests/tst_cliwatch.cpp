#include "support/program.h"

#include <QTest>

// The verbs that find where an expression becomes true, and print how numbers changed.

using namespace eventloupe;

class TestCliWatch : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Program> m_program;

    ProgramRun run(const QStringList& words) { return m_program->run(words); }

private slots:
    void init()
    {
        m_program = std::make_unique<Program>();
        m_program->makeStore(20);
    }

    void printsThePointsOfAWatch()
    {
        const auto result = run({ u"watch"_qs, u"s.eventlog"_qs, u"state.n % 5 == 0"_qs });
        QCOMPARE(result.code, 0);
        QCOMPARE(result.err, QByteArray());
        QCOMPARE(result.lines().size(), 4);
        const auto point = result.object(0);
        QCOMPARE(point[u"position"_qs].toInt(), 5);
        QCOMPARE(point[u"stream"_qs].toString(), u"item-5"_qs);
        QCOMPARE(point[u"version"_qs].toInt(), 1);
        QCOMPARE(point[u"type"_qs].toString(), u"ODD"_qs);
        QVERIFY(!point.contains(u"before"_qs));
        QCOMPARE(point[u"after"_qs].toBool(), true);
        const auto changed = run({ u"watch"_qs, u"s.eventlog"_qs, u"state.n"_qs, u"--stream"_qs,
            u"item-1"_qs, u"--from"_qs, u"8"_qs });
        QVERIFY(changed.lines().constFirst().endsWith(",\"before\":1,\"after\":8}"));
        QCOMPARE(changed.lines().size(), 2);
    }

    void bindsThePointsItPrints()
    {
        const QStringList watch { u"watch"_qs, u"s.eventlog"_qs, u"data.n"_qs };
        const auto count
            = [&](const QStringList& options) { return run(watch + options).lines().size(); };
        QCOMPARE(count({}), 20);
        QCOMPARE(count({ u"--category"_qs, u"item"_qs }), 20);
        QCOMPARE(count({ u"--category"_qs, u"other"_qs }), 0);
        QCOMPARE(count({ u"--to"_qs, u"7"_qs }), 7);
        QCOMPARE(count({ u"--from"_qs, u"3"_qs, u"--limit"_qs, u"4"_qs }), 4);
        QCOMPARE(run(watch + QStringList { u"--first"_qs }).object()[u"position"_qs].toInt(), 1);
        QCOMPARE(
            run(watch + QStringList { u"--stream"_qs, u"a"_qs, u"--category"_qs, u"b"_qs }).code,
            2);
        const auto none = run(watch + QStringList { u"--stream"_qs, u"nobody"_qs });
        QCOMPARE(none.code, 1);
        QVERIFY(none.err.contains("nobody"));
        const auto other = run(watch + QStringList { u"--category"_qs, u"other"_qs });
        QCOMPARE(other.code, 0);
        QVERIFY2(other.err.contains("no event of the category 'other'"), other.err.constData());
        const auto past = run(watch + QStringList { u"--from"_qs, u"21"_qs });
        QCOMPARE(past.out, QByteArray());
        QVERIFY2(past.err.contains("there is no #21 yet"), past.err.constData());
    }

    void tellsWhatItFailedOn()
    {
        const auto result = run({ u"watch"_qs, u"s.eventlog"_qs, u"data.n + 'x' == ''"_qs });
        QCOMPARE(result.code, 0);
        QCOMPARE(result.out, QByteArray());
        QVERIFY2(result.err.contains("#1 item-1 version 1 ODD: "), result.err.constData());
        QVERIFY(result.err.contains("failed on 20 events"));
        const auto missing = run({ u"watch"_qs, u"s.eventlog"_qs, u"data.m > 1"_qs });
        QVERIFY2(missing.err.contains("20 events lack"), missing.err.constData());
        const auto wrong = run({ u"watch"_qs, u"s.eventlog"_qs, u"stat.n > 1"_qs });
        QCOMPARE(wrong.code, 1);
        QVERIFY(wrong.err.contains("unknown name 'stat', did you mean 'state'?"));
    }

    void saysThatAConstantNeverChanges()
    {
        const auto constant = run({ u"watch"_qs, u"s.eventlog"_qs, u"1 + 1 == 2"_qs });
        QCOMPARE(constant.code, 0);
        QVERIFY2(constant.err.contains("reads nothing of an event or a state"), constant.err);
        const auto other = run({ u"watch"_qs, u"s.eventlog"_qs, u"event.version == 2"_qs });
        QVERIFY2(!other.err.contains("reads nothing"), other.err);
    }

    void aNameIsNoPlaceholder()
    {
        QVERIFY(m_program->run({ u"import"_qs, u"p.eventlog"_qs, u"-"_qs, u"--format"_qs,
                                   u"ndjson"_qs },
                             json("{'stream':'a-%3%4','type':'T','data':{'n':1}}"))
                    .code
            == 0);
        const auto result = run({ u"watch"_qs, u"p.eventlog"_qs, u"data.n + 'x' == ''"_qs });
        QVERIFY2(result.err.contains("#1 a-%3%4 version 1 T: "), result.err.constData());
        const auto late = run(
            { u"state"_qs, u"p.eventlog"_qs, u"a-%3%4"_qs, u"--version"_qs, u"9"_qs });
        QVERIFY2(late.err.contains("a-%3%4 has no version 9; it is at version 1"),
            late.err.constData());
    }

    void printsHowANumberChanged()
    {
        const auto result = run({ u"plot"_qs, u"s.eventlog"_qs, u"item-1"_qs, u"/n"_qs });
        QCOMPARE(result.code, 0);
        QCOMPARE(result.lines().size(), 3);
        QVERIFY(result.lines().at(1).startsWith("{\"field\":\"/n\",\"position\":8,\"version\":2,"));
        QVERIFY(result.lines().at(1).endsWith(",\"value\":8}"));
        const auto csv = run({ u"plot"_qs, u"s.eventlog"_qs, u"item-1"_qs, u"/n"_qs, u"/m"_qs,
            u"--format"_qs, u"csv"_qs });
        QCOMPARE(csv.lines().size(), 4);
        QVERIFY(csv.err.contains("/m never was a number"));
        QCOMPARE(run({ u"plot"_qs, u"s.eventlog"_qs, u"nobody"_qs, u"/n"_qs }).code, 1);
        QCOMPARE(run({ u"plot"_qs, u"s.eventlog"_qs, u"item-1"_qs }).code, 2);
        const auto bare = run({ u"plot"_qs, u"s.eventlog"_qs, u"item-1"_qs, u"n"_qs });
        QCOMPARE(bare.code, 2);
        QVERIFY2(bare.err.contains("start with '/'"), bare.err.constData());
    }
};

QTEST_GUILESS_MAIN(TestCliWatch)
#include "tst_cliwatch.moc"
