#pragma once

#include "value/canceltoken.h"

#include <chrono>

namespace eventloupe {

/// Waits for a socket, and is woken from another thread.
class SocketWait final {
public:
    using Clock = std::chrono::steady_clock;
    enum class Outcome { Ready, Interrupted, TimedOut };
    /// How often a token is looked at, which has no voice of its own.
    static constexpr std::chrono::milliseconds lookInterval { 20 };
    /// How long the server may take to end what was cancelled, then the session is given up: where
    /// somebody waits for the cancelled call, and where nobody does.
    static constexpr std::chrono::milliseconds cancelPatience { 80 };
    static constexpr std::chrono::milliseconds endPatience { 5'000 };

    SocketWait();
    ~SocketWait();
    SocketWait(const SocketWait&) = delete;
    SocketWait& operator=(const SocketWait&) = delete;

    /// For reading, or for either where `forWriting`; until `end`, if that is not the clock's
    /// maximum.
    [[nodiscard]] Outcome wait(int socket, bool forWriting, Clock::time_point end);
    void interrupt(); ///< Any thread. Holds until forget().
    void forget(); ///< That it was interrupted.

    const CancelToken* token = nullptr; ///< Ends waiting as interrupt() does, where it is set.
    bool isDeaf = false; ///< Neither ends waiting: for what has to be known however it ends.

private:
    int m_wake[2] = { -1, -1 }; ///< A pipe: read, write.
};

} // namespace eventloupe
