#include "time/playback.h"

#include "time/timecursor.h"

#include <algorithm>
#include <cmath>

namespace eventloupe {

namespace {
constexpr int frameMilliseconds = 16;
constexpr int slowestTickMilliseconds = 250;
/// A machine that slept, or a GUI thread that was busy, does not make the cursor jump.
constexpr qint64 longestTickMilliseconds = 1000;
} // namespace

Playback::Playback(TimeCursor& cursor, QObject* parent)
    : QObject(parent)
    , m_cursor(cursor)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] { advance(m_sinceTick.restart()); });
}

void Playback::play()
{
    if (m_direction > 0)
        setSpeed(m_speed * 2);
    else
        start(1);
}

void Playback::playBackwards()
{
    if (m_direction < 0)
        setSpeed(m_speed * 2);
    else
        start(-1);
}

void Playback::pause()
{
    m_timer.stop();
    if (m_direction == 0)
        return;
    m_direction = 0;
    emit playingChanged(false);
}

void Playback::toggle()
{
    if (isPlaying()) {
        pause();
        return;
    }
    if (isAtEnd(1))
        m_cursor.moveTo(0);
    start(1);
}

void Playback::setSpeed(double speed)
{
    speed = std::isfinite(speed) ? std::clamp(speed, slowest, fastest) : 1;
    const double milliseconds = 1000 / (eventsPerSecond * speed);
    m_timer.setInterval(
        std::clamp(static_cast<int>(milliseconds), frameMilliseconds, slowestTickMilliseconds));
    if (speed == m_speed)
        return;
    m_speed = speed;
    emit speedChanged(m_speed);
}

void Playback::advance(qint64 milliseconds)
{
    if (!isPlaying())
        return;
    const qint64 elapsed = std::clamp<qint64>(milliseconds, 0, longestTickMilliseconds);
    m_due += eventsPerSecond * m_speed * static_cast<double>(elapsed) / 1000;
    const double steps = std::floor(m_due);
    m_due -= steps;
    if (steps > 0)
        m_cursor.stepBy(m_direction * static_cast<qint64>(steps));
    if (isPlaying() && isAtEnd(m_direction))
        pause();
}

void Playback::start(int direction)
{
    if (isAtEnd(direction)) {
        pause();
        return;
    }
    const bool wasPlaying = isPlaying();
    m_direction = direction;
    m_due = 0;
    setSpeed(m_speed);
    m_sinceTick.start();
    m_timer.start();
    if (!wasPlaying)
        emit playingChanged(true);
}

bool Playback::isAtEnd(int direction) const
{
    return direction > 0 ? m_cursor.position() >= m_cursor.head() : m_cursor.position() <= 0;
}

} // namespace eventloupe
