#include "branch/reranking.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace eventloupe;

namespace {

/// The row written out: numbers as they are, insertion k as -1 - k.
std::vector<qint64> writtenOut(
    qint64 last, const std::vector<qint64>& removed, const std::vector<qint64>& anchors)
{
    std::vector<qint64> row;
    std::size_t next = 0;
    for (qint64 number = 0; number <= last; ++number) {
        if (number > 0 && !std::binary_search(removed.begin(), removed.end(), number))
            row.push_back(number);
        for (; next < anchors.size() && anchors[next] == number; ++next)
            row.push_back(-1 - static_cast<qint64>(next));
    }
    return row;
}

} // namespace

class tst_Reranking final : public QObject {
    Q_OBJECT

private slots:
    void nothingChanged()
    {
        const Reranking ranks;
        QVERIFY(ranks.isUnchanged());
        QCOMPARE(ranks.rankOf(7), 7);
        QCOMPARE(ranks.sourceOf(7).number, 7);
        QCOMPARE(ranks.size(10), 10);
    }

    void isWhatTheWrittenOutRowSays()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 500; ++round) {
            const qint64 last = random.bounded(1, 30);
            std::vector<qint64> removed;
            for (qint64 number = 1; number <= last; ++number)
                if (random.bounded(4) == 0)
                    removed.push_back(number);
            std::vector<qint64> anchors;
            for (int i = random.bounded(8); i > 0; --i)
                anchors.push_back(random.bounded(int(last) + 1));
            std::sort(anchors.begin(), anchors.end());
            compare(last, removed, anchors);
        }
    }

private:
    static void compare(
        qint64 last, const std::vector<qint64>& removed, const std::vector<qint64>& anchors)
    {
        const Reranking ranks(removed, anchors);
        const auto row = writtenOut(last, removed, anchors);
        QCOMPARE(ranks.size(last), qint64(row.size()));
        qint64 number = 0;
        std::size_t insertions = 0;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const qint64 rank = qint64(i) + 1;
            const auto source = ranks.sourceOf(rank);
            QCOMPARE(source.isInserted, row[i] < 0);
            if (source.isInserted) {
                QCOMPARE(source.number, -1 - row[i]);
                QCOMPARE(ranks.rankOfInsertion(insertions), rank);
                ++insertions;
            } else {
                number = row[i];
                QCOMPARE(source.number, number);
                QCOMPARE(ranks.rankOf(number), rank);
                QVERIFY(!ranks.isRemoved(number));
            }
            QCOMPARE(ranks.numbersUpTo(rank), number);
            QCOMPARE(ranks.insertionsUpTo(rank), insertions);
            QCOMPARE(ranks.keptUpTo(number), rank - qint64(insertions));
        }
    }
};

QTEST_APPLESS_MAIN(tst_Reranking)
#include "tst_reranking.moc"
