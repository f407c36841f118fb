#include "time/timecursor.h"

#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace eventloupe;

class TestTimeCursor final : public QObject {
    Q_OBJECT

private slots:
    void followsTheHeadWhileLive();
    void staysWhenTheHeadGrowsAfterAMove();
    void becomesLiveAtTheHead();
    void clampsMoves_data();
    void clampsMoves();
    void stepsWithoutOverflow();
    void saysNothingWhenNothingChanges();
    void stopsBeingLiveInPlace();
    void forgetsAtReset();
};

void TestTimeCursor::followsTheHeadWhileLive()
{
    TimeCursor cursor;
    QVERIFY(cursor.isLive());
    QSignalSpy moved(&cursor, &TimeCursor::positionChanged);
    cursor.setHead(10);
    cursor.setHead(12);
    QCOMPARE(cursor.position(), 12);
    QCOMPARE(moved.count(), 2);
    QCOMPARE(moved.last().first().toLongLong(), 12);
}

void TestTimeCursor::staysWhenTheHeadGrowsAfterAMove()
{
    TimeCursor cursor;
    cursor.setHead(10);
    QSignalSpy live(&cursor, &TimeCursor::liveChanged);
    cursor.moveTo(4);
    QVERIFY(!cursor.isLive());
    QCOMPARE(live.count(), 1);
    cursor.setHead(11);
    QCOMPARE(cursor.position(), 4);
    QCOMPARE(cursor.head(), 11);
}

void TestTimeCursor::becomesLiveAtTheHead()
{
    TimeCursor cursor;
    cursor.setHead(10);
    cursor.moveTo(4);
    cursor.stepBy(6);
    QVERIFY(cursor.isLive());
    cursor.moveToFirst();
    QCOMPARE(cursor.position(), 1);
    QVERIFY(!cursor.isLive());
    cursor.setLive(true);
    QCOMPARE(cursor.position(), 10);
    QVERIFY(cursor.isLive());
}

void TestTimeCursor::clampsMoves_data()
{
    QTest::addColumn<qint64>("to");
    QTest::addColumn<qint64>("position");
    QTest::newRow("before the first event") << qint64 { 0 } << qint64 { 0 };
    QTest::newRow("below") << qint64 { -1 } << qint64 { 0 };
    QTest::newRow("head") << qint64 { 10 } << qint64 { 10 };
    QTest::newRow("past") << qint64 { 11 } << qint64 { 10 };
}

void TestTimeCursor::clampsMoves()
{
    QFETCH(qint64, to);
    QFETCH(qint64, position);
    TimeCursor cursor;
    cursor.setHead(10);
    cursor.moveTo(5);
    cursor.moveTo(to);
    QCOMPARE(cursor.position(), position);
}

void TestTimeCursor::stepsWithoutOverflow()
{
    TimeCursor cursor;
    cursor.setHead(10);
    cursor.moveTo(5);
    cursor.stepBy(std::numeric_limits<qint64>::max());
    QCOMPARE(cursor.position(), 10);
    cursor.stepBy(std::numeric_limits<qint64>::min());
    QCOMPARE(cursor.position(), 0);
    cursor.stepBy(3);
    cursor.stepBy(-1);
    QCOMPARE(cursor.position(), 2);
}

void TestTimeCursor::saysNothingWhenNothingChanges()
{
    TimeCursor cursor;
    cursor.setHead(10);
    cursor.moveTo(5);
    QSignalSpy moved(&cursor, &TimeCursor::positionChanged);
    QSignalSpy head(&cursor, &TimeCursor::headChanged);
    QSignalSpy live(&cursor, &TimeCursor::liveChanged);
    cursor.moveTo(5);
    cursor.stepBy(0);
    cursor.setHead(10);
    cursor.setLive(false);
    QCOMPARE(moved.count() + head.count() + live.count(), 0);
}

void TestTimeCursor::stopsBeingLiveInPlace()
{
    TimeCursor cursor;
    cursor.setHead(10);
    cursor.setLive(false);
    QCOMPARE(cursor.position(), 10);
    cursor.setHead(11);
    QCOMPARE(cursor.position(), 10);
}

void TestTimeCursor::forgetsAtReset()
{
    TimeCursor cursor;
    cursor.setHead(10);
    cursor.moveTo(3);
    QSignalSpy moved(&cursor, &TimeCursor::positionChanged);
    cursor.reset();
    QCOMPARE(cursor.position(), 0);
    QCOMPARE(cursor.head(), 0);
    QVERIFY(cursor.isLive());
    QCOMPARE(moved.count(), 1);
    cursor.moveToFirst();
    QCOMPARE(cursor.position(), 0);
}

QTEST_GUILESS_MAIN(TestTimeCursor)
#include "tst_timecursor.moc"
