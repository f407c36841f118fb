#pragma once

#include "foreign/foreigndatabase.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>

namespace eventloupe {

/// What ServerForeignDatabase has to know of a session on a server, whosever it is. Belongs to the
/// thread that uses it; only interrupt() may be called from another.
class ServerSession {
public:
    virtual ~ServerSession() = default;
    /// Whether every further call fails, and another session is needed.
    [[nodiscard]] virtual bool isLost() const = 0;
    /// Whether the server ended the last call: by its own limit, or as it was asked to.
    [[nodiscard]] virtual bool wasStopped() const = 0;
    [[nodiscard]] virtual StoreServer server() const = 0;
    virtual void watch(const CancelToken* token) = 0;
    virtual void interrupt() = 0;
};

/// Another library's tables on a server: what is the same on all of them.
///
/// A session that was lost is opened anew at the next call, ever more rarely while the server does
/// not answer; meanwhile calls fail with Busy. A statement that the server ended without being
/// asked is tried again, unless it had reached its limit of time.
class ServerForeignDatabase : public ForeignDatabase {
public:
    struct Limits {
        /// The server ends a statement after it.
        std::chrono::milliseconds statement { 60'000 };
        std::chrono::milliseconds lock { 5'000 };
    };

    [[nodiscard]] std::optional<ForeignOutage> outage() const final;
    void tryNow() final { m_nextConnect = Clock::now(); }
    [[nodiscard]] StoreServer server() const final;
    const CancelToken* watch(const CancelToken* token) final;
    void interrupt() final;

protected:
    using Clock = std::chrono::steady_clock;

    explicit ServerForeignDatabase(const Limits& limits)
        : m_limits(limits)
    {
    }
    /// A session that may only read. `isEnded` is asked while it connects.
    virtual Result<std::unique_ptr<ServerSession>> connect(const std::function<bool()>& isEnded)
        = 0;

    /// Opens the first session.
    Result<void> begin();
    /// Runs a call on the session, on a new one where it is lost.
    Result<void> attempt(const std::function<Result<void>()>& call);
    /// Null only where the last one was lost and no other could be opened.
    [[nodiscard]] ServerSession* session() const { return m_session.get(); }
    [[nodiscard]] const Limits& limits() const { return m_limits; }

private:
    void adopt(std::unique_ptr<ServerSession> session);
    Result<void> settleFailure(const Error& error, Clock::time_point begun, bool& mayRepeat);
    [[nodiscard]] bool isEnded() const;

    const Limits m_limits;
    std::mutex m_mutex; ///< Guards the pointer against interrupt().
    std::unique_ptr<ServerSession> m_session;
    const CancelToken* m_watched = nullptr;
    std::atomic<bool> m_isInterrupted { false };
    Clock::time_point m_nextConnect; ///< Not before it.
    std::chrono::milliseconds m_pause { 0 }; ///< Between two tries to connect.
    QString m_trouble; ///< Why the last try failed.
};

} // namespace eventloupe
