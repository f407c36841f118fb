#include "support/plainwatch.h"
#include "support/scratchstore.h"
#include "support/shoplog.h"
#include "watch/firstwhere.h"
#include "watch/watchrun.h"

#include <QTest>

using namespace eventloupe;

/// The first version where a condition holds, by a stream's columns, is the one that a run over its
/// events finds; what the columns cannot tell is left open.
class TestFirstWhere final : public QObject {
    Q_OBJECT

private slots:
    void findsWhatARunFinds()
    {
        const ScratchStore store;
        loadShop(*store, 20'000);
        const auto evolver = std::make_shared<const Evolver>(shopWorkspace());
        QRandomGenerator random(11);
        int answers = 0;
        int hits = 0;
        for (const QString& name : { u"cart-1"_qs, u"cart-3"_qs, u"order-2"_qs, u"order-100"_qs }) {
            const StreamInfo stream = **store->findStream(name);
            StreamColumns columns(evolver, stream);
            while (*columns.advance(*store, 100, {})) { }
            for (const QByteArray& source : randomWatches(*store, *evolver, 300, random)) {
                const auto found = firstWhere(columns, *compiled(source));
                if (!found)
                    continue;
                ++answers;
                hits += *found > 0 ? 1 : 0;
                StreamVersion expected = 0;
                const auto summary = runWatch(*store, *evolver,
                    { compiled(source), { WatchScope::Kind::Stream, name } }, {},
                    [&](std::vector<WatchPoint>&& points) {
                        for (const WatchPoint& point : points)
                            expected
                                = expected == 0 && point.after == "true" ? point.version : expected;
                        return true;
                    });
                QVERIFY(summary.ok());
                QVERIFY2(*found == expected,
                    qPrintable(QStringLiteral("%1 in %2: %3 instead of %4")
                                   .arg(QString::fromUtf8(source), name)
                                   .arg(*found)
                                   .arg(expected)));
            }
        }
        QVERIFY2(
            answers > 100 && hits > 20, qPrintable(QStringLiteral("%1 %2").arg(answers).arg(hits)));
    }

    void findsItInALongStream()
    {
        const ScratchStore store;
        const auto bulk = store->beginBulk();
        for (int i = 1; i <= 50'000; ++i) {
            const NewEvent event { u"SET"_qs,
                i % 2 == 0 ? "{\"n\":" + QByteArray::number(i) + '}' : "{\"m\":null}", {}, {}, {} };
            QVERIFY((*bulk)->add(u"a-1"_qs, event).ok());
        }
        QVERIFY((*bulk)->commit({}).ok());
        StreamColumns columns(
            std::make_shared<const Evolver>(Workspace::empty()), **store->findStream(u"a-1"_qs));
        while (*columns.advance(*store, 10'000, {})) { }
        for (const int n : { 2, 24'998, 25'000, 25'002, 49'998, 50'000 })
            QCOMPARE(firstWhere(columns, *compiled("state.n >= " + QByteArray::number(n))), n);
        QCOMPARE(firstWhere(columns, *compiled("state.n > 60000")), 0);
        QCOMPARE(firstWhere(columns, *compiled("state.n == 30000 || state.n == 40000")), 30'000);
        QVERIFY(!firstWhere(columns, *compiled("state.n")));
    }

    void leavesOpenWhatColumnsCannotTell()
    {
        const ScratchStore store;
        loadShop(*store, 1'000);
        StreamColumns columns(
            std::make_shared<const Evolver>(shopWorkspace()), **store->findStream(u"cart-1"_qs));
        while (*columns.advance(*store, 100, {})) { }
        for (const char* source : { "data.qty > 3", "size(state.items) > 2", "state.status",
                 "previous.status == 'open'", "event.version > 3", "state == state" })
            QVERIFY2(!firstWhere(columns, *compiled(source)), source);
        QCOMPARE(firstWhere(columns, *compiled("state.status == 'open'")), 1);
        QCOMPARE(firstWhere(columns, *compiled("state.nothing > 5")), 0);
    }
};

QTEST_GUILESS_MAIN(TestFirstWhere)
#include "tst_firstwhere.moc"
