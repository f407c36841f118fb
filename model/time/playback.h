#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace eventloupe {

class TimeCursor;

/// Moves the time cursor by itself, forwards or backwards: the play button, Space, and J K L.
/// GUI thread. Stops at both ends.
class Playback final : public QObject {
    Q_OBJECT

public:
    static constexpr double slowest = 0.25;
    static constexpr double fastest = 64;
    static constexpr double eventsPerSecond = 4; ///< At speed 1.

    explicit Playback(TimeCursor& cursor, QObject* parent = nullptr);

    [[nodiscard]] bool isPlaying() const { return m_direction != 0; }
    [[nodiscard]] bool isBackwards() const { return m_direction < 0; }
    /// A factor, slowest to fastest; the direction has no part in it.
    [[nodiscard]] double speed() const { return m_speed; }

    /// Plays forwards (L); doubles the speed when it does so already. Nothing at the head.
    void play();
    /// Plays backwards (J); doubles the speed when it does so already. Nothing at the start.
    void playBackwards();
    void pause();
    /// The play button and Space: pauses, or plays forwards; at the head, from the start again.
    void toggle();
    /// Clamped to slowest..fastest.
    void setSpeed(double speed);

    /// Moves the cursor by what is due after so much time; the timer's tick calls it.
    void advance(qint64 milliseconds);

signals:
    void playingChanged(bool playing);
    void speedChanged(double speed);

private:
    void start(int direction);
    [[nodiscard]] bool isAtEnd(int direction) const;

    TimeCursor& m_cursor;
    QTimer m_timer;
    QElapsedTimer m_sinceTick;
    int m_direction = 0; ///< 1 forwards, -1 backwards, 0 paused.
    double m_speed = 1;
    double m_due = 0; ///< Part of an event that is due already, 0 to 1.
};

} // namespace eventloupe
