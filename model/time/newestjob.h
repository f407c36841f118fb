#pragma once

#include <utility>

namespace eventloupe {

/// Keeps one request under way and remembers that a newer one waits, so that a value which moves
/// faster than answers come is followed at the answers' pace: what was passed over is never
/// started, and what was started is not thrown away. One thread.
class NewestJob {
public:
    /// True when the caller should start now; else finish() will tell it to.
    [[nodiscard]] bool request()
    {
        if (m_running) {
            m_waiting = true;
            return false;
        }
        m_running = true;
        return true;
    }

    [[nodiscard]] bool isRunning() const { return m_running; }

    /// The answer came. True when a newer request waits: start it by request().
    [[nodiscard]] bool finish()
    {
        m_running = false;
        return std::exchange(m_waiting, false);
    }

    /// Forgets both, when what is under way was cancelled.
    void reset() { m_running = m_waiting = false; }

private:
    bool m_running = false;
    bool m_waiting = false;
};

} // namespace eventloupe
