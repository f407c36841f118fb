// PostgresConnection: what moves many rows or many statements at once, and notifications.

#include "postgres/postgresconnection.h"
#include "postgres/postgreserror.h"
#include "store/socketwait.h"

#include <QCoreApplication>

#include <libpq-fe.h>

namespace eventloupe {

namespace {

/// Bytes that may wait to be sent; more are written first.
constexpr std::size_t mostUnsent = std::size_t(1) << 18;

QString tr(const char* text)
{
    return QCoreApplication::translate("Postgres", text);
}

} // namespace

Result<void> PostgresConnection::stream(std::string_view sql, const PostgresParameters& parameters,
    const std::function<bool(const PostgresResult&)>& visitor)
{
    if (m_isBroken)
        return lost(tr("it is closed."));
    m_wait->forget();
    const auto values = parameters.pointers();
    const bool wasSent = PQsendQueryParams(m_handle, std::string(sql).c_str(), parameters.count(),
                             nullptr, values.data(), nullptr, nullptr, 0)
        != 0;
    if (wasSent)
        PQsetSingleRowMode(m_handle);
    if (const auto sent = start(wasSent); !sent)
        return sent;
    for (;;) {
        bool isEnd = false;
        const auto next = nextResult(isEnd);
        if (!next) {
            if (!m_isBroken && isRunning())
                (void)lastResult();
            return next.error();
        }
        if (isEnd)
            return {};
        if (m_wait->token && m_wait->token->isCancelled())
            return cancelRunning(SocketWait::cancelPatience);
        if (next->rows() == 1 && !visitor(*next)) {
            // What was not asked for any more, not a failure.
            (void)cancelRunning(SocketWait::endPatience);
            return {};
        }
    }
}

/// libpq's pipeline mode: everything is sent, and the server works it off up to the sync.
Result<std::vector<PostgresResult>> PostgresConnection::run(const std::vector<Step>& steps)
{
    if (m_isBroken)
        return lost(tr("it is closed."));
    m_wait->forget();
    std::vector<std::string> names;
    for (const Step& step : steps) {
        auto name = keptName(step.sql);
        if (!name)
            return name.error();
        names.push_back(std::move(*name));
    }
    bool wasSent = PQenterPipelineMode(m_handle) != 0;
    for (std::size_t i = 0; i < steps.size() && wasSent; ++i) {
        const auto values = steps[i].parameters.pointers();
        wasSent = PQsendQueryPrepared(m_handle, names[i].c_str(), steps[i].parameters.count(),
                      values.data(), nullptr, nullptr, 0)
            != 0;
    }
    wasSent = wasSent && PQpipelineSync(m_handle) != 0;
    if (const auto sent = start(wasSent); !sent) {
        drop();
        return sent.error();
    }
    std::vector<PostgresResult> results;
    std::optional<Error> failed;
    // A null result stands behind each step's, none behind the sync.
    for (std::size_t i = 0; i <= steps.size();) {
        bool isEnd = false;
        const auto next = nextResult(isEnd);
        if (!next) {
            if (m_isBroken || next.error().code == ErrorCode::Cancelled) {
                if (!m_isBroken && PQexitPipelineMode(m_handle) == 0)
                    drop();
                return next.error();
            }
            failed = failed ? failed : next.error();
        } else if (!isEnd) {
            results.push_back(*next);
        }
        if (isEnd)
            ++i;
        else if (next && next->isPipelineSync())
            break;
    }
    if (PQexitPipelineMode(m_handle) == 0)
        return lost(cleanMessage(PQerrorMessage(m_handle), m_secret));
    if (failed)
        return *failed;
    results.pop_back(); // The sync's.
    return results;
}

Result<void> PostgresConnection::beginCopy(const QByteArray& sql)
{
    if (m_isBroken)
        return lost(tr("it is closed."));
    m_wait->forget();
    if (const auto sent = start(PQsendQuery(m_handle, sql.constData()) != 0); !sent)
        return sent;
    bool isEnd = false;
    const auto begun = nextResult(isEnd);
    if (!begun) {
        if (!m_isBroken)
            (void)lastResult();
        return begun.error();
    }
    m_isCopying = true;
    return {};
}

Result<void> PostgresConnection::putCopy(std::string_view bytes)
{
    if (m_isBroken || !m_isCopying)
        return lost(tr("it is closed."));
    m_wait->forget();
    while (!bytes.empty()) {
        const std::string_view part = bytes.substr(0, mostUnsent);
        const int taken = PQputCopyData(m_handle, part.data(), static_cast<int>(part.size()));
        if (taken < 0)
            return lost(cleanMessage(PQerrorMessage(m_handle), m_secret));
        if (taken > 0)
            bytes.remove_prefix(part.size());
        m_lastSign = SocketWait::Clock::now();
        if (const auto flushed = flush(); !flushed)
            return flushed;
    }
    return {};
}

Result<qint64> PostgresConnection::endCopy()
{
    if (m_isBroken || !m_isCopying)
        return lost(tr("it is closed."));
    m_wait->forget();
    m_lastSign = SocketWait::Clock::now();
    for (;;) {
        const int taken = PQputCopyEnd(m_handle, nullptr);
        if (taken < 0)
            return lost(cleanMessage(PQerrorMessage(m_handle), m_secret));
        if (const auto flushed = flush(); !flushed)
            return flushed.error();
        if (taken > 0)
            break;
    }
    m_isCopying = false;
    const auto done = lastResult();
    if (!done)
        return done.error();
    return done->changed();
}

void PostgresConnection::cancelCopy()
{
    if (m_isBroken || !m_isCopying)
        return;
    m_isCopying = false;
    m_lastSign = SocketWait::Clock::now();
    PQputCopyEnd(m_handle, "cancelled");
    if (!flush())
        return;
    // It ends with the server's complaint that it was cancelled.
    (void)lastResult();
}

std::vector<PostgresNotification> PostgresConnection::takeNotifications()
{
    std::vector<PostgresNotification> notifications;
    if (m_isBroken)
        return notifications;
    PQconsumeInput(m_handle);
    while (PGnotify* notify = PQnotifies(m_handle)) {
        notifications.push_back({ notify->relname, notify->extra });
        PQfreemem(notify);
    }
    return notifications;
}

Result<bool> PostgresConnection::waitForNotification(std::chrono::milliseconds most)
{
    if (m_isBroken)
        return lost(tr("it is closed."));
    const auto end = SocketWait::Clock::now() + most;
    switch (m_wait->wait(PQsocket(m_handle), false, end)) {
    case SocketWait::Outcome::Interrupted:
        m_wait->forget();
        return Error { ErrorCode::Cancelled, tr("cancelled") };
    case SocketWait::Outcome::TimedOut:
        return false;
    case SocketWait::Outcome::Ready:
        break;
    }
    if (PQconsumeInput(m_handle) == 0 || PQstatus(m_handle) == CONNECTION_BAD)
        return lost(cleanMessage(PQerrorMessage(m_handle), m_secret));
    return true;
}

PostgresTransport PostgresConnection::transport() const
{
    PostgresTransport transport;
    transport.isEncrypted = PQsslInUse(m_handle) != 0;
    transport.mode = m_sslMode;
    if (PQconninfoOption* options = PQconninfo(m_handle)) {
        for (const PQconninfoOption* each = options; each->keyword; ++each)
            if (QByteArray(each->keyword) == "sslmode" && each->val)
                transport.mode = QString::fromUtf8(each->val);
        PQconninfoFree(options);
    }
    if (transport.isEncrypted) {
        transport.protocol = QString::fromUtf8(PQsslAttribute(m_handle, "protocol"));
        transport.cipher = QString::fromUtf8(PQsslAttribute(m_handle, "cipher"));
    }
    const char* host = PQhost(m_handle);
    transport.isLocal = !host || *host == '/' || *host == '@' || *host == '\0';
    return transport;
}

QString PostgresTransport::toText() const
{
    if (!isEncrypted)
        return isLocal ? tr("a socket of this machine") : tr("not encrypted");
    if (mode == QLatin1String("verify-full"))
        return tr("%1, certificate and host name verified").arg(protocol);
    if (mode == QLatin1String("verify-ca"))
        return tr("%1, certificate verified, host name not").arg(protocol);
    return tr("%1, certificate not verified").arg(protocol);
}

} // namespace eventloupe
