#include "postgres/postgressession.h"

#include "postgres/postgreserror.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <algorithm>

namespace eventloupe {

namespace {

using Clock = SocketWait::Clock;
using std::chrono::milliseconds;

constexpr milliseconds firstPause { 100 };
constexpr milliseconds longestPause { 2'000 };
constexpr int mostRetries = 8;

QString tr(const char* text)
{
    return QCoreApplication::translate("Postgres", text);
}

Error cancelled()
{
    return { ErrorCode::Cancelled, tr("cancelled") };
}

milliseconds pauseAfter(int failures)
{
    return std::min(longestPause, firstPause * (1 << std::min(failures, 6)));
}

/// Whether it may work after a while: the server is away, starts, or has no connection left.
bool isPassing(const Error& error)
{
    return error.code == ErrorCode::InputOutput || error.code == ErrorCode::Busy;
}

} // namespace

PostgresSession::PostgresSession(PostgresOptions options, Prepare prepare)
    : m_options(std::move(options))
    , m_prepare(std::move(prepare))
    , m_nextAttempt(Clock::now())
{
}

void PostgresSession::put(std::unique_ptr<PostgresConnection> connection)
{
    if (connection) {
        connection->watch(m_wait.token);
        connection->setDeaf(m_wait.isDeaf);
    }
    const std::lock_guard lock(m_mutex);
    m_connection.swap(connection);
}

void PostgresSession::adopt(std::unique_ptr<PostgresConnection> connection)
{
    put(std::move(connection));
}

void PostgresSession::interrupt()
{
    m_wait.interrupt();
    const std::lock_guard lock(m_mutex);
    if (m_connection)
        m_connection->interrupt();
}

const CancelToken* PostgresSession::watch(const CancelToken* token)
{
    if (m_connection)
        m_connection->watch(token);
    return std::exchange(m_wait.token, token);
}

bool PostgresSession::setDeaf(bool isDeaf)
{
    if (m_connection)
        m_connection->setDeaf(isDeaf);
    return std::exchange(m_wait.isDeaf, isDeaf);
}

bool PostgresSession::isInterrupted()
{
    return m_wait.wait(-1, false, Clock::now()) == SocketWait::Outcome::Interrupted;
}

void PostgresSession::noteTrouble(const Error& error)
{
    m_lastError = error;
    if (!std::exchange(m_isTroubled, true) && m_notices.troubled)
        m_notices.troubled(tr("Reconnecting: %1").arg(error.message));
}

bool PostgresSession::noteFailure(const Error& error)
{
    if (!m_connection || !m_connection->isBroken() || error.code == ErrorCode::Cancelled)
        return false;
    noteTrouble(error);
    put(nullptr);
    // At once: a server that restarted is there again.
    m_failures = 0;
    m_nextAttempt = Clock::now();
    return true;
}

Result<void> PostgresSession::connect()
{
    auto opened = PostgresConnection::open(m_options, [this] { return isInterrupted(); });
    if (!opened)
        return opened.error();
    (*opened)->watch(m_wait.token);
    (*opened)->setDeaf(m_wait.isDeaf);
    if (m_prepare)
        if (const auto prepared = m_prepare(**opened); !prepared)
            return prepared;
    put(std::move(*opened));
    m_failures = 0;
    if (std::exchange(m_isTroubled, false) && m_notices.troubled)
        m_notices.troubled({});
    return {};
}

Result<PostgresConnection*> PostgresSession::connection(Milliseconds patience)
{
    if (m_connection && !m_connection->isBroken())
        return m_connection.get();
    put(nullptr);
    const auto end = Clock::now() + patience;
    for (;;) {
        if (Clock::now() < m_nextAttempt) {
            if (m_nextAttempt > end)
                return m_lastError;
            if (m_wait.wait(-1, false, m_nextAttempt) == SocketWait::Outcome::Interrupted)
                return cancelled();
        }
        const auto connected = connect();
        if (connected)
            return m_connection.get();
        if (!isPassing(connected.error()))
            return connected.error();
        noteTrouble(connected.error());
        const milliseconds pause = pauseAfter(m_failures++);
        m_nextAttempt = Clock::now() + pause;
        if (m_notices.waits)
            m_notices.waits(pause);
        if (Clock::now() >= end)
            return connected.error();
    }
}

bool PostgresSession::waitBeforeRetry(int attempt)
{
    // Not all that ran into each other at the same time again.
    const auto pause = milliseconds(
        QRandomGenerator::global()->bounded(static_cast<int>(pauseAfter(attempt - 1).count())));
    return m_wait.wait(-1, false, Clock::now() + pause) != SocketWait::Outcome::Interrupted;
}

Result<PostgresResult> PostgresSession::read(
    std::string_view sql, const PostgresParameters& parameters, bool isKept)
{
    return read(sql, parameters, isKept, m_patience);
}

Result<PostgresResult> PostgresSession::read(
    std::string_view sql, const PostgresParameters& parameters, bool isKept, Milliseconds patience)
{
    m_wait.forget();
    const auto end = Clock::now() + patience;
    for (int attempt = 1;; ++attempt) {
        const auto left = std::chrono::duration_cast<milliseconds>(end - Clock::now());
        const auto connected = connection(std::max(left, milliseconds(0)));
        if (!connected)
            return connected.error();
        auto result = (*connected)->query(sql, parameters, isKept);
        if (result)
            return result;
        const bool isRefused = isWorthRetrying((*connected)->sqlState());
        const bool isLost = noteFailure(result.error());
        if (!isLost && (!isRefused || attempt > mostRetries))
            return result;
        if (isLost && Clock::now() >= end)
            return result;
        if (isRefused && !waitBeforeRetry(attempt))
            return cancelled();
    }
}

} // namespace eventloupe
