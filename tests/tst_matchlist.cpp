#include "log/matchlist.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <limits>
#include <numeric>

using namespace eventloupe;

class TestMatchList final : public QObject {
    Q_OBJECT

private slots:
    void isEmptyAtFirst();
    void findsOverBlocks();
    void growsAtBothEnds();
    void agreesWithAPlainList();
    void staysSmall();
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

void TestMatchList::findsOverBlocks()
{
    // 3 to 3 * total in steps of 3: blocks of many matches, and one of few at the end.
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

void TestMatchList::growsAtBothEnds()
{
    MatchList list = MatchList().extendedBy({ 200'000, 200'001 });
    list = list.precededBy({ 5, 70'000, 199'999 });
    list = list.extendedBy({ 300'000 });
    list = list.precededBy({ 4 });
    std::vector<Position> positions;
    for (qint64 index = 0; index < list.count(); ++index)
        positions.push_back(list.at(index));
    QCOMPARE(
        positions, std::vector<Position>({ 4, 5, 70'000, 199'999, 200'000, 200'001, 300'000 }));
    QCOMPARE(list.lastAtOrBefore(3), -1);
    QCOMPARE(list.lastAtOrBefore(69'999), 1);
    QCOMPARE(list.lastAtOrBefore(-7), -1);
    QCOMPARE(list.lastAtOrBefore(std::numeric_limits<Position>::max()), 6);
}

void TestMatchList::agreesWithAPlainList()
{
    QRandomGenerator random(5);
    for (const int step : { 1, 2, 9, 40, 3000 }) {
        std::vector<Position> plain;
        MatchList list;
        Position low = 400'000;
        Position high = low;
        while (low > 100'000 && high < 700'000) {
            const bool isBefore = random.bounded(2) == 0;
            std::vector<Position> piece;
            Position at = isBefore ? low - 20'000 : high;
            for (; at < (isBefore ? low : high + 20'000); at += 1 + random.bounded(step))
                piece.push_back(at);
            plain.insert(isBefore ? plain.begin() : plain.end(), piece.begin(), piece.end());
            list = isBefore ? list.precededBy(piece) : list.extendedBy(piece);
            (isBefore ? low : high) += isBefore ? -20'000 : 20'000;
        }
        QCOMPARE(list.count(), std::ssize(plain));
        for (int look = 0; look < 2000; ++look) {
            const auto index = random.bounded(static_cast<int>(list.count()));
            QCOMPARE(list.at(index), plain[static_cast<std::size_t>(index)]);
            const Position position = random.bounded(90'000, 710'000);
            const auto past = std::upper_bound(plain.begin(), plain.end(), position);
            QCOMPARE(list.lastAtOrBefore(position), past - plain.begin() - 1);
        }
    }
}

void TestMatchList::staysSmall()
{
    // A bit a position where all match, two bytes a match where few do.
    std::vector<Position> all(1'000'000);
    std::iota(all.begin(), all.end(), 1);
    QVERIFY(MatchList().extendedBy(all).bytes() < 140'000);
    std::vector<Position> few;
    for (Position position = 100; position <= 1'000'000; position += 100)
        few.push_back(position);
    QVERIFY(MatchList().extendedBy(few).bytes() < 24'000);
}

void TestMatchList::knowsWhatItGrewOutOf()
{
    using Counts = std::pair<qint64, qint64>;
    const MatchList first;
    const MatchList second = first.extendedBy({ 10, 20 });
    const MatchList third = second.precededBy({ 5 }).extendedBy({ 30, 40 });
    const auto growth = [](const MatchList& list, const MatchList& shorter) {
        const auto grown = list.growthSince(shorter);
        return grown ? Counts(grown->before, grown->after) : Counts(-1, -1);
    };
    QCOMPARE(growth(second, first), Counts(0, 2));
    QCOMPARE(growth(third, second), Counts(1, 2));
    QCOMPARE(growth(third, third), Counts(0, 0));
    QVERIFY(!second.growthSince(third));
    QVERIFY(!MatchList().extendedBy({ 10, 20, 30 }).growthSince(second));
    QCOMPARE(second.count(), 2);
}

QTEST_GUILESS_MAIN(TestMatchList)
#include "tst_matchlist.moc"
