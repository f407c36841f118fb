#include "server/serverforeigndatabase.h"

#include "server/servertext.h"

#include <algorithm>
#include <utility>

namespace eventloupe {

namespace {

using namespace std::chrono_literals;

constexpr int mostTries = 4;
constexpr auto firstPause = 250ms;
constexpr auto longestPause = 5'000ms;

Error cancelled()
{
    return { ErrorCode::Cancelled, ServerText::tr("cancelled") };
}

} // namespace

bool ServerForeignDatabase::isEnded() const
{
    return m_isInterrupted.load() || (m_watched != nullptr && m_watched->isCancelled());
}

Result<void> ServerForeignDatabase::begin()
{
    adopt(nullptr);
    auto session = connect([this] { return isEnded(); });
    if (!session)
        return session.error();
    adopt(std::move(*session));
    return {};
}

void ServerForeignDatabase::adopt(std::unique_ptr<ServerSession> session)
{
    if (session)
        session->watch(m_watched);
    const std::scoped_lock lock(m_mutex);
    m_session.swap(session);
}

Result<void> ServerForeignDatabase::attempt(const std::function<Result<void>()>& call)
{
    m_isInterrupted.store(false);
    Result<void> done;
    for (int tries = 0; tries < mostTries; ++tries) {
        if (isEnded())
            return cancelled();
        if (!m_session || m_session->isLost()) {
            if (!m_trouble.isEmpty() && Clock::now() < m_nextConnect)
                return Error { ErrorCode::Busy, m_trouble };
            if (const auto connected = begin(); !connected) {
                if (connected.error().code == ErrorCode::Cancelled)
                    return connected;
                m_pause
                    = std::clamp<std::chrono::milliseconds>(m_pause * 2, firstPause, longestPause);
                m_nextConnect = Clock::now() + m_pause;
                m_trouble = connected.error().message;
                return Error { ErrorCode::Busy, m_trouble };
            }
        }
        const auto begun = Clock::now();
        done = call();
        if (done) {
            m_trouble.clear();
            m_pause = 0ms;
            return done;
        }
        bool mayRepeat = false;
        done = settleFailure(done.error(), begun, mayRepeat);
        if (!mayRepeat)
            return done;
    }
    return Error { ErrorCode::Busy, done.error().message };
}

/// What a failed call means, and whether another try may mend it.
Result<void> ServerForeignDatabase::settleFailure(
    const Error& error, Clock::time_point begun, bool& mayRepeat)
{
    if (m_session->isLost()) {
        mayRepeat = !isEnded();
        return isEnded() ? cancelled() : error;
    }
    if (error.code != ErrorCode::Cancelled && !m_session->wasStopped())
        return error;
    if (isEnded())
        return cancelled();
    // Nobody asked for it: the server's own limit, or a request that came too late for the
    // statement that it was meant for.
    const auto took = Clock::now() - begun;
    mayRepeat = m_limits.statement == 0ms || took < m_limits.statement * 9 / 10;
    if (mayRepeat)
        return error;
    return Error { ErrorCode::InputOutput,
        ServerText::tr("%1: the server gave up on reading after %2 s; see which index would help.")
            .arg(location())
            .arg(std::chrono::duration_cast<std::chrono::seconds>(took).count()) };
}

std::optional<ForeignOutage> ServerForeignDatabase::outage() const
{
    if (m_trouble.isEmpty())
        return {};
    return ForeignOutage { m_trouble, m_nextConnect };
}

StoreServer ServerForeignDatabase::server() const
{
    return m_session && !m_session->isLost() ? m_session->server() : StoreServer();
}

const CancelToken* ServerForeignDatabase::watch(const CancelToken* token)
{
    if (m_session)
        m_session->watch(token);
    return std::exchange(m_watched, token);
}

void ServerForeignDatabase::interrupt()
{
    m_isInterrupted.store(true);
    const std::scoped_lock lock(m_mutex);
    if (m_session)
        m_session->interrupt();
}

} // namespace eventloupe
