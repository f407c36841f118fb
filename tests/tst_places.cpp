#include "time/places.h"

#include <QSignalSpy>
#include <QTest>

using namespace eventloupe;

namespace {
constexpr qint64 later = Places::momentMilliseconds * 2;
} // namespace

class TestPlaces final : public QObject {
    Q_OBJECT

private slots:
    void init();
    void goesBackAndForward();
    void takesStepsAsThePresentPlace();
    void takesADragAsOneJump();
    void takesPlayingAsNone();
    void forgetsWhatWasForward();
    void keepsPinnedStreams();
    void takesGrowthOfALiveLogAsNone();
    void isBounded();

private:
    void visit(Position position, bool isMoving = false)
    {
        m_places->note({ position, {}, false }, m_now += later, isMoving);
    }
    Position back() { return m_places->back().position; }
    Position forward() { return m_places->forward().position; }

    std::unique_ptr<Places> m_places;
    qint64 m_now = 0;
};

void TestPlaces::init()
{
    m_places = std::make_unique<Places>();
    visit(10);
}

void TestPlaces::goesBackAndForward()
{
    QSignalSpy changed(m_places.get(), &Places::changed);
    QVERIFY(!m_places->canGoBack());
    visit(500);
    QCOMPARE(changed.size(), 1);
    visit(90);
    QCOMPARE(back(), 500);
    QCOMPARE(back(), 10);
    QVERIFY(!m_places->canGoBack());
    QCOMPARE(back(), 10);
    QCOMPARE(forward(), 500);
    QCOMPARE(forward(), 90);
    QVERIFY(!m_places->canGoForward());
}

void TestPlaces::takesStepsAsThePresentPlace()
{
    for (Position position = 11; position < 40; ++position)
        visit(position);
    QVERIFY(!m_places->canGoBack());
    visit(500);
    QCOMPARE(back(), 39);
}

void TestPlaces::takesADragAsOneJump()
{
    m_now += later;
    for (Position position = 100; position < 1000; position += 50)
        m_places->note({ position, {}, false }, m_now += 16);
    QCOMPARE(back(), 10);
    QCOMPARE(forward(), 950);
    // What was come back to is not overwritten by the next move.
    m_places->note({ 4000, {}, false }, m_now += 16);
    QCOMPARE(back(), 950);
}

void TestPlaces::takesPlayingAsNone()
{
    for (Position position = 100; position < 1000; position += 64)
        visit(position, true);
    QVERIFY(!m_places->canGoBack());
}

void TestPlaces::forgetsWhatWasForward()
{
    visit(500);
    visit(90);
    back();
    visit(700);
    QVERIFY(!m_places->canGoForward());
    QCOMPARE(back(), 500);
}

void TestPlaces::keepsPinnedStreams()
{
    m_places->note({ 10, QStringLiteral("user-1"), false }, m_now += later);
    QVERIFY(m_places->canGoBack());
    QCOMPARE(m_places->back().pinned, QString());
    QCOMPARE(m_places->forward().pinned, QStringLiteral("user-1"));
}

void TestPlaces::takesGrowthOfALiveLogAsNone()
{
    m_places->clear();
    m_places->note({ 10, {}, true }, m_now += later);
    m_places->note({ 60, {}, true }, m_now += later);
    QVERIFY(!m_places->canGoBack());
    visit(5);
    QVERIFY(m_places->back().isLive);
}

void TestPlaces::isBounded()
{
    for (Position position = 1; position < 1000; ++position)
        visit(position * 100);
    int steps = 0;
    for (; m_places->canGoBack(); ++steps)
        m_places->back();
    QCOMPARE(steps, int(Places::most) - 1);
}

QTEST_APPLESS_MAIN(TestPlaces)
#include "tst_places.moc"
