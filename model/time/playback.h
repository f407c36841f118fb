#pragma once

#include "value/event.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>

namespace eventloupe {

class TimeCursor;

/// Moves the time cursor by itself, forwards or backwards: the play button, Space, and J K L.
/// By event, so many a second, or by the events' recorded times, where long pauses are cut. GUI
/// thread. Stops at both ends, or goes round in a loop.
class Playback final : public QObject {
    Q_OBJECT

public:
    enum class Pace {
        Events, ///< Each as long as the others.
        RecordedTime, ///< As they happened.
    };
    /// Events first..last, both shown.
    struct Loop {
        Position first = 0;
        Position last = 0;
        friend bool operator==(const Loop&, const Loop&) = default;
    };
    /// When an event happened; nothing as long as that is not known: playing waits for it.
    using Times = std::function<std::optional<Timestamp>(Position)>;

    static constexpr double slowest = 0.25;
    static constexpr double fastest = 64;
    static constexpr double eventsPerSecond = 4; ///< At speed 1.
    static constexpr qint64 firstLongestPause = 2'000'000; ///< Microseconds.
    static constexpr int mostStepsATick = 10'000; ///< Events of one moment come no faster.

    explicit Playback(TimeCursor& cursor, QObject* parent = nullptr);

    [[nodiscard]] bool isPlaying() const { return m_direction != 0; }
    [[nodiscard]] bool isBackwards() const { return m_direction < 0; }
    /// A factor, slowest to fastest; the direction has no part in it.
    [[nodiscard]] double speed() const { return m_speed; }
    [[nodiscard]] Pace pace() const { return m_pace; }
    /// Of recorded time, in microseconds; 0: none is cut.
    [[nodiscard]] qint64 longestPause() const { return m_longestPause; }
    [[nodiscard]] const std::optional<Loop>& loop() const { return m_loop; }

    /// Where recorded times come from.
    void setTimes(const Times& times) { m_times = times; }
    /// Plays forwards (L); doubles the speed when it does so already. Nothing at the head.
    void play();
    /// Plays backwards (J); doubles the speed when it does so already. Nothing at the start.
    void playBackwards();
    void pause();
    /// The play button and Space: pauses, or plays forwards; at the head, from the start again.
    void toggle();
    /// Clamped to slowest..fastest.
    void setSpeed(double speed);
    void setPace(Pace pace);
    void setLongestPause(qint64 microseconds);
    /// Plays round within these; nothing: to the ends. One of fewer than two events is none.
    void setLoop(const std::optional<Loop>& loop);

    /// Moves the cursor by what is due after so much time; the timer's tick calls it.
    void advance(qint64 milliseconds);

signals:
    void playingChanged(bool playing);
    void speedChanged(double speed);
    /// The pace, the longest pause or the loop is another one.
    void settingsChanged();

private:
    void start(int direction);
    [[nodiscard]] bool isAtEnd(int direction) const;
    [[nodiscard]] Position next(Position position) const;
    [[nodiscard]] std::optional<qint64> pauseBefore(Position from, Position to) const;
    [[nodiscard]] Position playByEvents(double seconds);
    [[nodiscard]] Position playByTime(double seconds);

    TimeCursor& m_cursor;
    Times m_times;
    QTimer m_timer;
    QElapsedTimer m_sinceTick;
    int m_direction = 0; ///< 1 forwards, -1 backwards, 0 paused.
    double m_speed = 1;
    double m_due = 0; ///< Part of an event that is due already, or microseconds of a pause.
    Pace m_pace = Pace::Events;
    qint64 m_longestPause = firstLongestPause;
    std::optional<Loop> m_loop;
};

} // namespace eventloupe
