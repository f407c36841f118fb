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
        m_cursor.moveTo(m_loop ? m_loop->first : 0);
    start(1);
}

void Playback::setSpeed(double speed)
{
    speed = std::isfinite(speed) ? std::clamp(speed, slowest, fastest) : 1;
    const int eventMilliseconds = static_cast<int>(1000 / (eventsPerSecond * speed));
    m_timer.setInterval(m_pace == Pace::RecordedTime
            ? frameMilliseconds
            : std::clamp(eventMilliseconds, frameMilliseconds, slowestTickMilliseconds));
    if (speed == m_speed)
        return;
    m_speed = speed;
    emit speedChanged(m_speed);
}

void Playback::setPace(Pace pace)
{
    if (pace == m_pace)
        return;
    m_pace = pace;
    m_due = 0;
    setSpeed(m_speed);
    emit settingsChanged();
}

void Playback::setLongestPause(qint64 microseconds)
{
    microseconds = std::max<qint64>(microseconds, 0);
    if (microseconds == m_longestPause)
        return;
    m_longestPause = microseconds;
    emit settingsChanged();
}

void Playback::setLoop(const std::optional<Loop>& loop)
{
    const auto wanted = loop && loop->last > loop->first ? loop : std::nullopt;
    if (wanted == m_loop)
        return;
    m_loop = wanted;
    emit settingsChanged();
}

void Playback::advance(qint64 milliseconds)
{
    if (!isPlaying())
        return;
    const qint64 elapsed = std::clamp<qint64>(milliseconds, 0, longestTickMilliseconds);
    const double seconds = static_cast<double>(elapsed) / 1000;
    const Position to = m_pace == Pace::Events ? playByEvents(seconds) : playByTime(seconds);
    if (to != m_cursor.position())
        m_cursor.moveTo(to);
    if (isPlaying() && isAtEnd(m_direction))
        pause();
}

/// The event that is played after one; the same at an end.
Position Playback::next(Position position) const
{
    if (!m_loop)
        return std::clamp<Position>(position + m_direction, 0, m_cursor.head());
    const Position last = std::min(m_loop->last, m_cursor.head());
    const bool isWithin = position >= m_loop->first && position <= last;
    if (m_direction > 0)
        return isWithin && position < last ? position + 1 : m_loop->first;
    return isWithin && position > m_loop->first ? position - 1 : last;
}

Position Playback::playByEvents(double seconds)
{
    m_due += eventsPerSecond * m_speed * seconds;
    const double steps = std::floor(m_due);
    m_due -= steps;
    Position position = m_cursor.position();
    for (int i = 0; i < static_cast<int>(steps); ++i)
        position = next(position);
    return position;
}

/// Recorded times may run backwards: then there is no pause. Back to a loop's begin it is the
/// longest one.
std::optional<qint64> Playback::pauseBefore(Position from, Position to) const
{
    if (from < 1 || to < 1)
        return 0;
    if (to - from != m_direction)
        return m_longestPause > 0 ? m_longestPause : firstLongestPause;
    const auto begin = m_times ? m_times(from) : std::nullopt;
    const auto end = m_times ? m_times(to) : std::nullopt;
    if (!begin || !end)
        return std::nullopt;
    const qint64 pause
        = std::max<qint64>(m_direction * (end->microseconds - begin->microseconds), 0);
    return m_longestPause > 0 ? std::min(pause, m_longestPause) : pause;
}

Position Playback::playByTime(double seconds)
{
    m_due += 1e6 * m_speed * seconds;
    Position position = m_cursor.position();
    for (int i = 0; i < mostStepsATick; ++i) {
        const Position to = next(position);
        if (to == position)
            break;
        const auto pause = pauseBefore(position, to);
        if (!pause) {
            m_due = 0; // What is waited for costs no time of the log.
            break;
        }
        if (m_due < static_cast<double>(*pause))
            break;
        m_due -= static_cast<double>(*pause);
        position = to;
    }
    return position;
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
    // A loop has no end, unless there is no log.
    if (m_loop)
        return m_cursor.head() <= m_loop->first;
    return direction > 0 ? m_cursor.position() >= m_cursor.head() : m_cursor.position() <= 0;
}

} // namespace eventloupe
