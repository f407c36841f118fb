#include "foreign/cyclewatch.h"

#include <QTest>

using namespace eventloupe;

/// Keys that come round again.
class TestCycleWatch final : public QObject {
    Q_OBJECT

private slots:
    void keysThatRiseNeverDo()
    {
        CycleWatch<int> watch;
        for (int key = 0; key < 100'000; ++key)
            QVERIFY(!watch.comesRound(key));
    }

    /// After a beginning of some length, a cycle of some length.
    void aCycleIsNoticedSoon_data()
    {
        QTest::addColumn<int>("before");
        QTest::addColumn<int>("length");
        for (const int before : { 0, 1, 7, 100 })
            for (const int length : { 1, 2, 3, 64, 1000 })
                QTest::addRow("%d, then %d", before, length) << before << length;
    }
    void aCycleIsNoticedSoon()
    {
        QFETCH(int, before);
        QFETCH(int, length);
        CycleWatch<int> watch;
        int taken = 0;
        while (taken <= 3 * (before + length)) {
            const int key = taken < before ? taken : before + (taken - before) % length;
            if (watch.comesRound(key))
                break;
            ++taken;
        }
        QVERIFY(taken >= length);
        QVERIFY2(taken <= 3 * (before + length), qPrintable(QString::number(taken)));
    }
};

QTEST_GUILESS_MAIN(TestCycleWatch)
#include "tst_cyclewatch.moc"
