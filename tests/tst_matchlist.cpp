#include "log/matchlist.h"

#include <QTest>

#include <numeric>

using namespace eventloupe;

class TestMatchList final : public QObject {
    Q_OBJECT

private slots:
    void isEmptyAtFirst();
    void findsOverChunks();
    void knowsWhatItGrewOutOf();
};

namespace {

/// The positions first, first+3, ...
std::vector<Position> thirds(Position first, std::size_t count)
{
    std::vector<Position> positions(count);
    for (std::size_t index = 0; index < count; ++index)
        positions[index] = first + static_cast<Position>(index) * 3;
    return positions;
}

} // namespace

void TestMatchList::isEmptyAtFirst()
{
    const MatchList list;
    QVERIFY(list.isEmpty());
    QCOMPARE(list.lastAtOrBefore(100), -1);
    QVERIFY(list.extendedBy({}).isEmpty());
}

void TestMatchList::findsOverChunks()
{
    // Small chunks are joined and large ones kept; 3 to 3 * total in steps of 3 either way.
    MatchList list;
    qint64 total = 0;
    for (const std::size_t size : { 1U, 10U, 5000U, 3U, 4000U, 200U, 9000U }) {
        list = list.extendedBy(thirds(total * 3 + 3, size));
        total += static_cast<qint64>(size);
    }
    QCOMPARE(list.count(), total);
    for (qint64 index = 0; index < total; ++index) {
        QCOMPARE(list.at(index), (index + 1) * 3);
        QCOMPARE(list.lastAtOrBefore((index + 1) * 3), index);
        QCOMPARE(list.lastAtOrBefore((index + 1) * 3 + 2), index);
    }
    QCOMPARE(list.lastAtOrBefore(2), -1);
}

void TestMatchList::knowsWhatItGrewOutOf()
{
    const MatchList first;
    const MatchList second = first.extendedBy({ 1, 2 });
    const MatchList third = second.extendedBy({ 5 });
    QVERIFY(third.extends(first));
    QVERIFY(third.extends(second));
    QVERIFY(third.extends(third));
    QVERIFY(!second.extends(third));
    QVERIFY(!MatchList().extendedBy({ 1, 2, 5 }).extends(second));
    QCOMPARE(second.count(), 2);
}

QTEST_GUILESS_MAIN(TestMatchList)
#include "tst_matchlist.moc"
