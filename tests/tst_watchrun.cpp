#include "support/plainwatch.h"
#include "support/sampleworkspace.h"
#include "support/scratchstore.h"
#include "support/shoplog.h"
#include "support/workspacefolder.h"
#include "watch/watchexpression.h"
#include "watch/watchrun.h"

#include <QTest>

using namespace eventloupe;

namespace {

void append(EventStore& store, const QString& stream, const QString& type, const QByteArray& data)
{
    const auto done
        = store.append({ stream, ExpectedVersion::any(), { { type, data, {}, {}, {} } } });
    if (!done)
        qFatal("%s", qPrintable(done.error().message));
}

} // namespace

/// What a watch counts as a point, what as a failure, and how a run ends.
class TestWatchRun final : public QObject {
    Q_OBJECT

private slots:
    void findsWhereConditionsBecomeTrue()
    {
        const ScratchStore store;
        for (const char* n : { "1", "5", "7", "2", "null", "9" })
            append(*store, u"a-1"_qs, u"SET"_qs, QByteArray("{\"n\":") + n + '}');
        append(*store, u"b-1"_qs, u"SET"_qs, "{\"n\":8}");
        const Evolver evolver(Workspace::empty());
        QCOMPARE(watched(*store, evolver, { compiled("state.n > 4") }),
            (QStringList { u"2 a-1@2 SET: false -> true"_qs, u"6 a-1@6 SET:  -> true"_qs,
                u"7 b-1@1 SET:  -> true"_qs, u"0 failed, 1 missing"_qs }));
        QCOMPARE(watched(*store, evolver,
                     { compiled("state.n"), { WatchScope::Kind::Category, u"b"_qs } }),
            (QStringList { u"7 b-1@1 SET:  -> 8"_qs, u"0 failed, 0 missing"_qs }));
        QCOMPARE(watched(*store, evolver,
                     { compiled("state.n - previous.n"), { WatchScope::Kind::Stream, u"a-1"_qs } }),
            (QStringList { u"2 a-1@2 SET:  -> 4"_qs, u"3 a-1@3 SET: 4 -> 2"_qs,
                u"4 a-1@4 SET: 2 -> -5"_qs, u"5 a-1@5 SET: -5 -> "_qs,
                u"0 failed, 3 missing"_qs }));
    }

    void takesEqualNumbersForTheSame()
    {
        const ScratchStore store;
        for (const char* n : { "1", "1.0", "10e-1", "\"1\"" })
            append(*store, u"a-1"_qs, u"SET"_qs, QByteArray("{\"n\":") + n + '}');
        QCOMPARE(watched(*store, Evolver(Workspace::empty()), { compiled("data.n") }),
            (QStringList { u"1 a-1@1 SET:  -> 1"_qs, u"4 a-1@4 SET: 10e-1 -> \"1\""_qs,
                u"0 failed, 0 missing"_qs }));
    }

    void listsFailuresWithTheirReasons()
    {
        const ScratchStore store;
        append(*store, u"a-1"_qs, u"SET"_qs, "{\"n\":\"text\"}");
        append(*store, u"a-1"_qs, u"SET"_qs, "{\"n\":3}");
        append(*store, u"a-1"_qs, u"SET"_qs, "{\"m\":3}");
        const auto summary = runWatch(*store, Evolver(Workspace::empty()),
            { compiled("data.n > 2") }, {}, [](std::vector<WatchPoint>&&) { return true; });
        QCOMPARE(summary->points, 1);
        QCOMPARE(summary->failures.failed, 1);
        const WatchFailure& failure = summary->failures.listed.front();
        QCOMPARE(failure.position, 1);
        QCOMPARE(failure.stream, QByteArray("a-1"));
        QVERIFY2(failure.reason.contains(u"string"_qs), qPrintable(failure.reason));
        QCOMPARE(summary->failures.missing, 1);
        QVERIFY2(summary->failures.firstMissing->reason.contains(u'n'),
            qPrintable(summary->failures.firstMissing->reason));
    }

    void seesUpcastEvents()
    {
        WorkspaceFolder folder;
        folder.write(u"events/PUT.json"_qs,
            R"x({"was":["OLD"],"upcasts":[{"when":"has(data.bad)","set":{"/n":"data.bad / 0"}},
                {"when":"has(data.m)","rename":{"/m":"/n"}}],"evolve":{"/n":"data.n"}})x");
        const Evolver evolver(folder.load());
        const ScratchStore store;
        append(*store, u"a-1"_qs, u"OLD"_qs, "{\"m\":4}");
        append(*store, u"a-1"_qs, u"PUT"_qs, "{\"n\":5}");
        append(*store, u"a-1"_qs, u"PUT"_qs, "{\"bad\":5}");
        QCOMPARE(folder.problems(), QStringList());
        for (const char* source : { "data.n", "state.n + data.n", "event.type", "state.n" }) {
            const QStringList found = watched(*store, evolver, { compiled(source) });
            const QStringList plain = watchPlainly(*store, evolver, { { source } }).constFirst();
            QVERIFY2(found == plain,
                qPrintable(found.join(u'\n') + u"\n plainly\n"_qs + plain.join(u'\n')));
        }
    }

    void tellsPointsInOrderUpToALimit()
    {
        const ScratchStore store;
        loadShop(*store, 40'000);
        const Evolver evolver(shopWorkspace());
        const QStringList all = watched(*store, evolver, { compiled("state.status") });
        QVERIFY(all.size() > 2000);
        WatchRequest request { compiled("state.status"), {}, 1000, 30'000, 500 };
        QStringList expected;
        for (const QString& line : all) {
            const auto position = line.section(u' ', 0, 0).toLongLong();
            if (position >= 1000 && position <= 30'000 && expected.size() < 500)
                expected.append(line);
        }
        QStringList found = watched(*store, evolver, request);
        found.removeLast();
        QCOMPARE(found, expected);
        request.limit = 0;
        found = watched(*store, evolver, request);
        QVERIFY(found.size() > 500);
    }

    void endsWhenItIsCancelled_data()
    {
        QTest::addColumn<int>("scope");
        QTest::newRow("all") << 0;
        QTest::newRow("stream") << 2;
    }

    void endsWhenItIsCancelled()
    {
        QFETCH(int, scope);
        const ScratchStore store;
        loadShop(*store, 30'000);
        const CancelToken cancel;
        qint64 points = 0;
        const auto summary = runWatch(*store, Evolver(shopWorkspace()),
            { compiled("event.version"),
                { static_cast<WatchScope::Kind>(scope), scope == 0 ? QString() : u"cart-1"_qs } },
            cancel, [&](std::vector<WatchPoint>&& found) {
                points += static_cast<qint64>(found.size());
                cancel.cancel();
                return true;
            });
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, ErrorCode::Cancelled);
        QVERIFY(points > 0 && points < 20'000);
    }

    void namesAStreamThatIsNotThere()
    {
        const ScratchStore store;
        const auto summary = runWatch(*store, Evolver(Workspace::empty()),
            { compiled("true"), { WatchScope::Kind::Stream, u"a-9"_qs } }, {},
            [](std::vector<WatchPoint>&&) { return true; });
        QCOMPARE(summary.error().code, ErrorCode::NotFound);
        QVERIFY(summary.error().message.contains(u"a-9"_qs));
    }

    void refusesWhatDoesNotCompile()
    {
        const auto expression = WatchExpression::compile("stat.total > 3");
        QVERIFY(!expression);
        QVERIFY2(expression.error().message.startsWith(u"1:1: unknown name"_qs),
            qPrintable(expression.error().message));
    }
};

QTEST_GUILESS_MAIN(TestWatchRun)
#include "tst_watchrun.moc"
