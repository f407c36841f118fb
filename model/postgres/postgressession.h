#pragma once

#include "postgres/postgresconnection.h"
#include "store/socketwait.h"

#include <mutex>

namespace eventloupe {

/// A connection that outlives its server's outages: it is opened when it is first needed, and again
/// with back-off (0.1 s, doubled up to 2 s) when it was lost. Belongs to the thread that uses it;
/// only interrupt() may be called from another.
class PostgresSession final {
public:
    using Milliseconds = std::chrono::milliseconds;
    /// Runs on each new connection before it is used; a failure with InputOutput or Busy is tried
    /// again as a connection that failed.
    using Prepare = std::function<Result<void>(PostgresConnection&)>;

    PostgresSession(PostgresOptions options, Prepare prepare);
    /// With a connection that is prepared already.
    void adopt(std::unique_ptr<PostgresConnection> connection);

    /// A connection that works as far as is known, after reconnecting for at most so long; with a
    /// patience of zero it does not wait for the next attempt that the back-off allows.
    [[nodiscard]] Result<PostgresConnection*> connection(Milliseconds patience);
    /// A statement that changes nothing, which is tried again on a new connection where the
    /// session was lost, and where the server says that trying again may help. Its plan is kept if
    /// `isKept`.
    [[nodiscard]] Result<PostgresResult> read(
        std::string_view sql, const PostgresParameters& parameters = {}, bool isKept = true);
    [[nodiscard]] Result<PostgresResult> read(std::string_view sql,
        const PostgresParameters& parameters, bool isKept, Milliseconds patience);
    /// Takes note of a failure of the connection; true where it is lost, and trying again may help.
    bool noteFailure(const Error& error);
    /// Waits before the nth attempt (from 1) of what the server refused for the moment; false when
    /// interrupted.
    [[nodiscard]] bool waitBeforeRetry(int attempt);

    void setPatience(Milliseconds patience) { m_patience = patience; }
    [[nodiscard]] Milliseconds patience() const { return m_patience; }
    /// Told of trouble when it begins, with what it is, and with an empty text when it is over; and
    /// in how long the next attempt is made. What has grown is not told.
    void setNotices(const StoreNotices& notices) { m_notices = notices; }
    /// The next call need not wait for the attempt that the back-off allows.
    void tryNow() { m_nextAttempt = SocketWait::Clock::now(); }
    [[nodiscard]] bool isTroubled() const { return m_isTroubled; }
    void interrupt(); ///< Any thread.
    const CancelToken* watch(const CancelToken* token);
    /// See PostgresConnection::setDeaf(); also of connecting.
    bool setDeaf(bool isDeaf);
    /// The present connection; null where there is none.
    [[nodiscard]] PostgresConnection* present() const { return m_connection.get(); }

private:
    Result<void> connect();
    void noteTrouble(const Error& error);
    void put(std::unique_ptr<PostgresConnection> connection);
    [[nodiscard]] bool isInterrupted();

    const PostgresOptions m_options;
    const Prepare m_prepare;
    SocketWait m_wait;
    std::mutex m_mutex; ///< Guards m_connection against interrupt().
    std::unique_ptr<PostgresConnection> m_connection;
    StoreNotices m_notices;
    Milliseconds m_patience { 8'000 };
    Error m_lastError;
    SocketWait::Clock::time_point m_nextAttempt;
    int m_failures = 0; ///< Attempts since the last that worked.
    bool m_isTroubled = false;
};

/// What it asks is answered, whoever cancels meanwhile: how a commit ended. Of a session, or of a
/// connection that outlives it.
template <class Asked> class PostgresDeafness final {
public:
    explicit PostgresDeafness(Asked& asked)
        : m_asked(asked)
        , m_before(asked.setDeaf(true))
    {
    }
    ~PostgresDeafness() { m_asked.setDeaf(m_before); }
    PostgresDeafness(const PostgresDeafness&) = delete;
    PostgresDeafness& operator=(const PostgresDeafness&) = delete;

private:
    Asked& m_asked;
    const bool m_before;
};

/// Watches a token in a session as long as it lives.
class PostgresSessionWatch final {
public:
    PostgresSessionWatch(PostgresSession& session, const CancelToken& token)
        : m_session(session)
        , m_before(session.watch(&token))
    {
    }
    ~PostgresSessionWatch() { m_session.watch(m_before); }
    PostgresSessionWatch(const PostgresSessionWatch&) = delete;
    PostgresSessionWatch& operator=(const PostgresSessionWatch&) = delete;

private:
    PostgresSession& m_session;
    const CancelToken* m_before;
};

} // namespace eventloupe
