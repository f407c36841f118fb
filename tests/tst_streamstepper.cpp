#include "support/samplestore.h"
#include "time/streamstepper.h"
#include "time/timecursor.h"

#include <QSignalSpy>
#include <QTest>

using namespace eventloupe;
using namespace Qt::Literals::StringLiterals;

class TestStreamStepper final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void stepsForwards();
    void stepsBackwards();
    void stepsBackFromBetween();
    void staysAtTheEnds();
    void knowsNoSuchStream();
    void addsUpHeldKeys();
    void letsAnotherMoveWin();
    void leavesAStreamForAnother();

private:
    void moveTo(Position position) { m_parts->cursor.moveTo(position); }
    [[nodiscard]] Position position() const { return m_parts->cursor.position(); }

    struct Parts {
        // a: 1, 3, 6. b: 2, 4, 5.
        SampleStore store { { { u"a"_s }, { u"b"_s }, { u"a"_s }, { u"b"_s }, { u"b"_s },
            { u"a"_s } } };
        StoreClient client;
        TimeCursor cursor;
        StreamStepper stepper { client, cursor };
        QSignalSpy moved { &stepper, &StreamStepper::moved };
        QSignalSpy ended { &stepper, &StreamStepper::endReached };
    };
    std::unique_ptr<Parts> m_parts;
};

void TestStreamStepper::init()
{
    m_parts = std::make_unique<Parts>();
    QVERIFY(m_parts->store.openIn(m_parts->client));
    m_parts->cursor.setHead(m_parts->client.head());
    QCOMPARE(position(), 6);
}

void TestStreamStepper::stepsForwards()
{
    moveTo(0);
    for (const Position expected : { 1, 3, 6 }) {
        m_parts->stepper.nextInStream(u"a"_s);
        QVERIFY(m_parts->moved.wait());
        QCOMPARE(position(), expected);
    }
    QVERIFY(m_parts->cursor.isLive());
}

void TestStreamStepper::stepsBackwards()
{
    for (const Position expected : { 3, 1 }) {
        m_parts->stepper.previousInStream(u"a"_s);
        QVERIFY(m_parts->moved.wait());
        QCOMPARE(position(), expected);
    }
}

void TestStreamStepper::stepsBackFromBetween()
{
    moveTo(5);
    m_parts->stepper.previousInStream(u"a"_s);
    QVERIFY(m_parts->moved.wait());
    QCOMPARE(position(), 3);
    moveTo(4);
    m_parts->stepper.nextInStream(u"a"_s);
    QVERIFY(m_parts->moved.wait());
    QCOMPARE(position(), 6);
}

void TestStreamStepper::staysAtTheEnds()
{
    m_parts->stepper.nextInStream(u"b"_s);
    QVERIFY(m_parts->ended.wait());
    QCOMPARE(position(), 6);
    moveTo(2);
    m_parts->stepper.previousInStream(u"b"_s);
    QVERIFY(m_parts->ended.wait());
    moveTo(1);
    m_parts->stepper.previousInStream(u"b"_s);
    QVERIFY(m_parts->ended.wait());
    QCOMPARE(position(), 1);
    QCOMPARE(m_parts->moved.count(), 0);
}

void TestStreamStepper::knowsNoSuchStream()
{
    m_parts->stepper.previousInStream(u"c"_s);
    QVERIFY(m_parts->ended.wait());
    QCOMPARE(m_parts->ended.first().first().toString(), u"c"_s);
}

void TestStreamStepper::addsUpHeldKeys()
{
    moveTo(0);
    m_parts->stepper.nextInStream(u"b"_s);
    m_parts->stepper.nextInStream(u"b"_s);
    m_parts->stepper.nextInStream(u"b"_s);
    QTRY_COMPARE(position(), 5);
}

void TestStreamStepper::letsAnotherMoveWin()
{
    moveTo(0);
    m_parts->stepper.nextInStream(u"b"_s);
    moveTo(3);
    // A later step answers after the one that came too late.
    m_parts->stepper.nextInStream(u"b"_s);
    QTRY_COMPARE(position(), 4);
    QCOMPARE(m_parts->moved.count(), 1);
}

void TestStreamStepper::leavesAStreamForAnother()
{
    moveTo(0);
    m_parts->stepper.nextInStream(u"a"_s);
    m_parts->stepper.nextInStream(u"b"_s);
    QVERIFY(m_parts->moved.wait());
    QCOMPARE(position(), 2);
    QCOMPARE(m_parts->moved.count(), 1);
}

QTEST_GUILESS_MAIN(TestStreamStepper)
#include "tst_streamstepper.moc"
