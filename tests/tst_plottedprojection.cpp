#include "plot/plottedprojection.h"
#include "support/projected.h"
#include "support/scratchstore.h"

#include <QTest>

#include <cmath>

using namespace eventloupe;

/// A projection's row count and cells over positions are what the table had there.
class TestPlottedProjection final : public QObject {
    Q_OBJECT

private:
    static QString lineOf(const PlotSeries& series)
    {
        QStringList points;
        for (const PlotPoint& point : series.points)
            points.append(std::isnan(point.value)
                    ? QStringLiteral("%1:-").arg(point.position)
                    : QStringLiteral("%1:%2").arg(point.position).arg(point.value));
        return points.join(u' ');
    }

private slots:
    void drawsCountsAndCells()
    {
        const ScratchStore store;
        append(*store, u"a-1"_qs, u"SET"_qs, "{\"v\":5}");
        append(*store, u"a-2"_qs, u"SET"_qs, "{\"v\":7}");
        append(*store, u"a-1"_qs, u"NOTED"_qs, "{}");
        append(*store, u"a-1"_qs, u"SET"_qs, "{\"v\":\"x\"}");
        append(*store, u"a-2"_qs, u"GONE"_qs, "{}");
        const Projected projected(*store,
            json("{'key':'event.stream','columns':[{'name':'v'}],'evolve':{'SET':{'/v':'data.v'},"
                 "'GONE':{'delete':true}}}"));
        projected.foldTo(5);
        const auto rows
            = seriesOf(*store, { projected.history, u"P"_qs, {}, 0, {} }, 100, CancelToken());
        QCOMPARE(lineOf(*rows), u"1:1 2:2 5:1"_qs);
        QCOMPARE(rows->position, 5);
        QVERIFY(rows->points.front().time.microseconds > 0);
        const auto first
            = seriesOf(*store, { projected.history, u"P"_qs, u"V"_qs, 1, u"a-1"_qs }, 100, {});
        QCOMPARE(lineOf(*first), u"1:5 4:-"_qs);
        const auto second
            = seriesOf(*store, { projected.history, u"P"_qs, u"V"_qs, 1, u"a-2"_qs }, 100, {});
        QCOMPARE(lineOf(*second), u"1:- 2:7 5:-"_qs);
        QCOMPARE(second->name, u"P a-2"_qs);
    }

    void samplesALongHistory()
    {
        const ScratchStore store;
        fillWithNumbers(*store, 3000, 4);
        const Projected projected(*store,
            json("{'key':'event.stream','columns':[{'name':'v'}],'evolve':{'SET':{'/"
                 "v':'data.v'}}}"));
        projected.foldTo(3000);
        const auto rows
            = seriesOf(*store, { projected.history, u"P"_qs, {}, 0, {} }, 50, CancelToken());
        QCOMPARE(rows->points.size(), std::size_t(50));
        QCOMPARE(rows->points.back().value, 3000.0);
        const CancelToken cancelled;
        cancelled.cancel();
        QVERIFY(!seriesOf(*store, { projected.history, u"P"_qs, {}, 0, {} }, 50, cancelled));
    }
};

QTEST_GUILESS_MAIN(TestPlottedProjection)
#include "tst_plottedprojection.moc"
