#include "support/logviewbench.h"
#include "support/storefiles.h"
#include "support/treepages.h"
#include "ui/base/theme.h"

#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <functional>
#include <memory>
#include <utility>
#include <vector>

using namespace eventloupe;

namespace {

std::shared_ptr<const MatchList> matchesOf(std::vector<Position> positions)
{
    return std::make_shared<const MatchList>(MatchList().extendedBy(std::move(positions)));
}

/// Over a store that was spoiled.
struct Bench : LogViewBench {
    Bench(int events, const std::function<void(const QString&)>& spoil)
        : LogViewBench(SampleStore::numbered(events), spoil)
    {
    }
};

} // namespace

/// Rows of the log whose events are lost.
class LostEventsTest final : public QObject {
    Q_OBJECT

private:
    void load(int row)
    {
        QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
        m_model->prefetch(row, 1);
        while (!m_model->index(row, 0).data(IsLoadedRole).toBool())
            QVERIFY(changed.wait());
    }

    std::unique_ptr<SampleStore> m_store;
    std::unique_ptr<StoreClient> m_client;
    std::unique_ptr<EventLogModel> m_model;

private slots:
    void init()
    {
        m_client = std::make_unique<StoreClient>();
        m_model = std::make_unique<EventLogModel>(*m_client);
    }
    void cleanup()
    {
        m_model.reset();
        m_client.reset();
        m_store.reset();
    }
    void lostEventsHaveTheirRows();
    void removedEventsHaveTheirRows();

    void lostEventsHaveASign()
    {
        Bench bench(600, [](const QString& store) {
            const TreePages pages(contentOf(store), rootOf(store, "event"));
            erasePages(store, { pages.leaves.at(0) });
        });
        QVERIFY(bench.isOpen);
        bench.cursor.moveTo(5);
        QVERIFY(bench.settled());
        QVERIFY(bench.loaded(2));
        QCOMPARE(bench.cell(2, LogColumn::Position), u"3"_qs);
        QCOMPARE(bench.cell(2, LogColumn::Type), u"lost"_qs);
        QVERIFY(bench.cell(2, LogColumn::Summary).contains(u"cannot be read"));
        QCOMPARE(bench.cell(2, LogColumn::Stream), QString());
        QVERIFY(!bench.look(2, LogColumn::Type, Qt::DecorationRole).value<QIcon>().isNull());
        for (const auto column : { LogColumn::Position, LogColumn::Type, LogColumn::Summary }) {
            const auto tip = bench.look(2, column, Qt::ToolTipRole).toString();
            QVERIFY2(tip.contains(u"Event 3 cannot be read"), qPrintable(tip));
            QVERIFY2(tip.contains(u"Repair To…"), qPrintable(tip));
        }
        const auto spoken = bench.look(2, LogColumn::Type, Qt::AccessibleTextRole).toString();
        QVERIFY2(spoken.contains(u"lost") && spoken.contains(u"damaged"), qPrintable(spoken));
        // Before the cursor too.
        QCOMPARE(bench.look(2, LogColumn::Type, Qt::ForegroundRole).value<QColor>(),
            coloursOf(bench.view->palette()).dimmed);
        QVERIFY(QTest::qWaitFor([&] { return !bench.frame.isBehind(); }));
        bench.view->copyCursorEvent(); // Nothing to copy.
        bench.cursor.moveTo(600);
        QVERIFY(bench.settled());
        QVERIFY(bench.loaded(bench.placeOf(600)));
        QCOMPARE(bench.cell(bench.placeOf(600), LogColumn::Type), u"CHANGED"_qs);
    }

    void aRemovedEventIsSaidToBeGone()
    {
        Bench bench(9, [](const QString& store) {
            QCOMPARE(tamper(store, "DELETE FROM event WHERE position = 4"), QString());
        });
        QVERIFY(bench.isOpen);
        QVERIFY(bench.loaded(4));
        QCOMPARE(bench.cell(3, LogColumn::Type), u"lost"_qs);
        QVERIFY(bench.cell(3, LogColumn::Summary).contains(u"not in the log any more"));
        QCOMPARE(bench.cell(4, LogColumn::Summary), u"n=5"_qs);
    }
};

/// And the others theirs, also those that are read together with them.
void LostEventsTest::lostEventsHaveTheirRows()
{
    constexpr int events = 600;
    m_store = std::make_unique<SampleStore>(SampleStore::numbered(events));
    const QByteArray content = contentOf(m_store->location());
    const TreePages pages(content, rootOf(m_store->location(), "event"));
    const int page = pages.leaves.at(pages.leaves.size() / 2);
    const auto isLost = [&](int position) {
        const auto at = content.indexOf("{\"n\":" + QByteArray::number(position) + '}');
        return at / pageSizeOf(content) == page - 1;
    };
    erasePages(m_store->location(), { page });
    QSignalSpy failed(m_model.get(), &EventLogModel::failed);
    QVERIFY(m_store->openIn(*m_client));
    QCOMPARE(m_model->rowCount(), events);
    int lost = 0;
    for (int row = 0; row < events; ++row) {
        load(row);
        const auto loss = static_cast<EventLoss>(m_model->index(row, 4).data(LossRole).toInt());
        QCOMPARE(loss, isLost(row + 1) ? EventLoss::Unreadable : EventLoss::None);
        lost += loss == EventLoss::None ? 0 : 1;
        QCOMPARE(m_model->positionOf(row), row + 1);
        QCOMPARE(m_model->eventAt(row) == nullptr, loss != EventLoss::None);
        QCOMPARE(m_model->hasWhole(row), loss == EventLoss::None);
        QCOMPARE(m_model->index(row, 0).data().toString(), QString::number(row + 1));
        QCOMPARE(m_model->index(row, 5).data().toString(),
            loss == EventLoss::None ? u"n=%1"_qs.arg(row + 1) : QString());
        QCOMPARE(m_model->index(row, 0).data(EventRole).isValid(), loss == EventLoss::None);
    }
    QVERIFY(lost > 0 && lost < events / 2);
    QCOMPARE(failed.count(), 0); // Nothing is asked for again and again.
    // Among matches as well.
    const int first = [&] {
        int position = 1;
        while (!isLost(position))
            ++position;
        return position;
    }();
    m_model->setMatches(matchesOf({ 1, first, first + 1, events }));
    load(0);
    QCOMPARE(m_model->index(1, 0).data(LossRole).toInt(), int(EventLoss::Unreadable));
    QCOMPARE(m_model->index(3, 5).data().toString(), u"n=%1"_qs.arg(events));
}

/// Those behind them stand in their own.
void LostEventsTest::removedEventsHaveTheirRows()
{
    m_store = std::make_unique<SampleStore>(SampleStore::numbered(70));
    QCOMPARE(
        tamper(m_store->location(), "DELETE FROM event WHERE position IN (1, 5, 6)"), QString());
    QVERIFY(m_store->openIn(*m_client));
    load(0);
    load(69);
    for (int row = 0; row < 70; ++row) {
        const bool isGone = row == 0 || row == 4 || row == 5;
        QCOMPARE(m_model->index(row, 0).data(LossRole).toInt(),
            int(isGone ? EventLoss::Missing : EventLoss::None));
        QCOMPARE(m_model->index(row, 5).data().toString(),
            isGone ? QString() : u"n=%1"_qs.arg(row + 1));
    }
    // As a page that still grows.
    m_store->append(SampleStore::numbered(1, 71));
    m_client->checkForGrowth();
    QTRY_COMPARE(m_model->rowCount(), 71);
    load(70);
    QCOMPARE(m_model->index(70, 5).data().toString(), u"n=71"_qs);
}

QTEST_MAIN(LostEventsTest)
#include "tst_lostevents.moc"
