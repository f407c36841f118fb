#include "time/playback.h"
#include "time/timecursor.h"

#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace eventloupe;

class TestPlayback final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void stepsFourEventsASecond();
    void stepsSeveralEventsATick();
    void keepsPartsOfAnEvent();
    void playsBackwardsToTheStart();
    void stopsAtTheHeadAndIsLive();
    void doublesWhenPressedAgain();
    void clampsTheSpeed();
    void togglesFromTheHeadToTheStart();
    void doesNotStartAtAnEnd();
    void doesNotJumpAfterASleep();
    void stopsWhenTheLogIsClosed();
    void playsByRecordedTime();
    void cutsLongPauses();
    void playsRecordedTimeBackwards();
    void waitsForTimesThatAreRead();
    void boundsEventsOfOneMoment();
    void goesRoundInALoop();
    void goesRoundBackwards();
    void entersALoopFromOutside();
    void clipsALoopToTheLog();

private:
    std::unique_ptr<TimeCursor> m_cursor;
    std::unique_ptr<Playback> m_playback;
};

void TestPlayback::init()
{
    m_playback.reset();
    m_cursor = std::make_unique<TimeCursor>();
    m_playback = std::make_unique<Playback>(*m_cursor);
    m_cursor->setHead(1000);
    m_cursor->moveTo(500);
}

void TestPlayback::stepsFourEventsASecond()
{
    QSignalSpy playing(m_playback.get(), &Playback::playingChanged);
    m_playback->play();
    QVERIFY(m_playback->isPlaying());
    m_playback->advance(1000);
    QCOMPARE(m_cursor->position(), 504);
    m_playback->pause();
    m_playback->advance(1000);
    QCOMPARE(m_cursor->position(), 504);
    QCOMPARE(playing.count(), 2);
}

void TestPlayback::stepsSeveralEventsATick()
{
    m_playback->setSpeed(64);
    m_playback->play();
    QSignalSpy moved(m_cursor.get(), &TimeCursor::positionChanged);
    m_playback->advance(125);
    QCOMPARE(m_cursor->position(), 532);
    QCOMPARE(moved.count(), 1);
}

void TestPlayback::keepsPartsOfAnEvent()
{
    m_playback->setSpeed(0.25);
    m_playback->play();
    m_playback->advance(500);
    QCOMPARE(m_cursor->position(), 500);
    m_playback->advance(500);
    QCOMPARE(m_cursor->position(), 501);
}

void TestPlayback::playsBackwardsToTheStart()
{
    m_cursor->moveTo(3);
    m_playback->playBackwards();
    QVERIFY(m_playback->isBackwards());
    m_playback->advance(500);
    QCOMPARE(m_cursor->position(), 1);
    m_playback->advance(500);
    QCOMPARE(m_cursor->position(), 0);
    QVERIFY(!m_playback->isPlaying());
}

void TestPlayback::stopsAtTheHeadAndIsLive()
{
    m_cursor->moveTo(999);
    m_playback->play();
    m_playback->advance(1000);
    QCOMPARE(m_cursor->position(), 1000);
    QVERIFY(!m_playback->isPlaying());
    QVERIFY(m_cursor->isLive());
}

void TestPlayback::doublesWhenPressedAgain()
{
    QSignalSpy speed(m_playback.get(), &Playback::speedChanged);
    m_playback->play();
    QCOMPARE(m_playback->speed(), 1.0);
    m_playback->play();
    m_playback->play();
    QCOMPARE(m_playback->speed(), 4.0);
    m_playback->playBackwards();
    QCOMPARE(m_playback->speed(), 4.0);
    m_playback->playBackwards();
    QCOMPARE(m_playback->speed(), 8.0);
    QCOMPARE(speed.count(), 3);
}

void TestPlayback::clampsTheSpeed()
{
    m_playback->setSpeed(1000);
    QCOMPARE(m_playback->speed(), 64.0);
    m_playback->setSpeed(0);
    QCOMPARE(m_playback->speed(), 0.25);
    m_playback->setSpeed(std::numeric_limits<double>::quiet_NaN());
    QCOMPARE(m_playback->speed(), 1.0);
}

void TestPlayback::togglesFromTheHeadToTheStart()
{
    m_cursor->moveToHead();
    m_playback->toggle();
    QVERIFY(m_playback->isPlaying());
    QCOMPARE(m_cursor->position(), 0);
    m_playback->toggle();
    QVERIFY(!m_playback->isPlaying());
}

void TestPlayback::doesNotStartAtAnEnd()
{
    QSignalSpy playing(m_playback.get(), &Playback::playingChanged);
    m_cursor->moveToHead();
    m_playback->play();
    m_cursor->moveTo(0);
    m_playback->playBackwards();
    m_cursor->reset();
    m_playback->toggle();
    QVERIFY(!m_playback->isPlaying());
    QCOMPARE(playing.count(), 0);
}

void TestPlayback::doesNotJumpAfterASleep()
{
    m_playback->play();
    m_playback->advance(3'600'000);
    QCOMPARE(m_cursor->position(), 504);
}

void TestPlayback::stopsWhenTheLogIsClosed()
{
    m_playback->play();
    m_cursor->reset();
    m_playback->advance(16);
    QVERIFY(!m_playback->isPlaying());
}

namespace {

/// Event n happens at n seconds, but 600 an hour later than 599.
std::optional<Timestamp> everySecond(Position position)
{
    return Timestamp { (position + (position >= 600 ? 3600 : 0)) * 1'000'000 };
}

} // namespace

void TestPlayback::playsByRecordedTime()
{
    m_playback->setTimes(everySecond);
    m_playback->setPace(Playback::Pace::RecordedTime);
    m_playback->play();
    m_playback->advance(900);
    QCOMPARE(m_cursor->position(), 500);
    m_playback->advance(100);
    QCOMPARE(m_cursor->position(), 501);
    m_playback->setSpeed(64);
    m_playback->advance(500);
    QCOMPARE(m_cursor->position(), 533);
    m_playback->setSpeed(0.25);
    m_playback->advance(1000);
    m_playback->advance(1000);
    m_playback->advance(1000);
    QCOMPARE(m_cursor->position(), 533);
    m_playback->advance(1000);
    QCOMPARE(m_cursor->position(), 534);
}

void TestPlayback::cutsLongPauses()
{
    m_playback->setTimes(everySecond);
    m_playback->setPace(Playback::Pace::RecordedTime);
    m_playback->setLongestPause(2'000'000);
    m_cursor->moveTo(599);
    m_playback->play();
    m_playback->advance(1000);
    QCOMPARE(m_cursor->position(), 599);
    m_playback->advance(1000);
    QCOMPARE(m_cursor->position(), 600);
    m_playback->pause();
    m_playback->setLongestPause(0);
    m_cursor->moveTo(599);
    m_playback->play();
    for (int i = 0; i < 100; ++i)
        m_playback->advance(1000);
    QCOMPARE(m_cursor->position(), 599);
}

void TestPlayback::playsRecordedTimeBackwards()
{
    m_playback->setTimes(everySecond);
    m_playback->setPace(Playback::Pace::RecordedTime);
    m_cursor->moveTo(600);
    m_playback->playBackwards();
    m_playback->advance(1000);
    m_playback->advance(999);
    QCOMPARE(m_cursor->position(), 600);
    m_playback->advance(1);
    QCOMPARE(m_cursor->position(), 599);
    m_playback->advance(1000);
    QCOMPARE(m_cursor->position(), 598);
}

void TestPlayback::waitsForTimesThatAreRead()
{
    bool isRead = false;
    m_playback->setTimes([&isRead](Position position) {
        return isRead ? everySecond(position) : std::nullopt;
    });
    m_playback->setPace(Playback::Pace::RecordedTime);
    m_playback->play();
    for (int i = 0; i < 10; ++i)
        m_playback->advance(1000);
    QCOMPARE(m_cursor->position(), 500);
    isRead = true;
    m_playback->advance(1000);
    QCOMPARE(m_cursor->position(), 501);
}

void TestPlayback::boundsEventsOfOneMoment()
{
    m_cursor->setHead(100'000);
    m_playback->setTimes([](Position) { return Timestamp { 7 }; });
    m_playback->setPace(Playback::Pace::RecordedTime);
    m_playback->play();
    m_playback->advance(16);
    QCOMPARE(m_cursor->position(), 500 + Playback::mostStepsATick);
}

void TestPlayback::goesRoundInALoop()
{
    m_playback->setLoop(Playback::Loop { 499, 502 });
    m_playback->play();
    QList<Position> seen;
    for (int i = 0; i < 6; ++i) {
        m_playback->advance(250);
        seen.append(m_cursor->position());
    }
    QCOMPARE(seen, (QList<Position> { 501, 502, 499, 500, 501, 502 }));
    QVERIFY(m_playback->isPlaying());
    m_playback->setLoop({});
    m_playback->advance(250);
    QCOMPARE(m_cursor->position(), 503);
}

void TestPlayback::goesRoundBackwards()
{
    m_playback->setLoop(Playback::Loop { 499, 502 });
    m_playback->playBackwards();
    QList<Position> seen;
    for (int i = 0; i < 4; ++i) {
        m_playback->advance(250);
        seen.append(m_cursor->position());
    }
    QCOMPARE(seen, (QList<Position> { 499, 502, 501, 500 }));
}

void TestPlayback::entersALoopFromOutside()
{
    m_playback->setLoop(Playback::Loop { 10, 12 });
    m_cursor->moveToHead();
    m_playback->play();
    QVERIFY(m_playback->isPlaying());
    m_playback->advance(250);
    QCOMPARE(m_cursor->position(), 10);
}

void TestPlayback::clipsALoopToTheLog()
{
    m_playback->setLoop(Playback::Loop { 999, 5000 });
    m_playback->play();
    m_playback->advance(250);
    m_playback->advance(250);
    QCOMPARE(m_cursor->position(), 1000);
    m_playback->advance(250);
    QCOMPARE(m_cursor->position(), 999);
    m_playback->setLoop(Playback::Loop { 5, 5 });
    QVERIFY(!m_playback->loop());
    m_playback->setLoop(Playback::Loop { 5, 6 });
    m_cursor->reset();
    m_playback->advance(16);
    QVERIFY(!m_playback->isPlaying());
}

QTEST_GUILESS_MAIN(TestPlayback)
#include "tst_playback.moc"
