#include "postgres/postgresconnection.h"

#include "postgres/postgreserror.h"
#include "store/socketwait.h"
#include "value/byteshash.h"

#include <QCoreApplication>

#include <array>
#include <system_error>
#include <thread>
#include <unordered_map>

#include <libpq-fe.h>

namespace eventloupe {

namespace {

using namespace std::chrono_literals;
using Clock = SocketWait::Clock;

QString tr(const char* text)
{
    return QCoreApplication::translate("Postgres", text);
}

Error cancelled()
{
    return { ErrorCode::Cancelled, tr("cancelled") };
}

/// Asks the server to end what runs. On a thread of its own, which outlives this call where the
/// server does not answer: libpq knows only a call that waits. Where the system gives none, nothing
/// is asked, and the session is given up as where the server does not answer.
void sendCancel(PGconn* handle)
{
    PGcancel* cancel = PQgetCancel(handle);
    if (!cancel)
        return;
    try {
        std::thread([cancel] {
            std::array<char, 256> message {};
            PQcancel(cancel, message.data(), static_cast<int>(message.size()));
            PQfreeCancel(cancel);
        }).detach();
    } catch (const std::system_error&) {
        PQfreeCancel(cancel);
    }
}

} // namespace

struct PostgresConnection::Kept {
    std::unordered_map<std::string, std::string, BytesHash, std::equal_to<>> names;
};

PostgresConnection::PostgresConnection(pg_conn* handle, QString serverName,
    const PostgresOptions& options, QByteArray secret, std::unique_ptr<SocketWait> wait)
    : m_handle(handle)
    , m_serverName(std::move(serverName))
    , m_sslMode(QString::fromUtf8(options.address.value("sslmode")))
    , m_secret(std::move(secret))
    , m_wait(std::move(wait))
    , m_answerTimeout(options.answerTimeout)
    , m_lastSign(Clock::now())
    , m_kept(std::make_unique<Kept>())
{
    PQsetErrorVerbosity(m_handle, PQERRORS_DEFAULT);
    PQsetnonblocking(m_handle, 1);
    // libpq would write them to standard error.
    PQsetNoticeReceiver(
        m_handle, [](void*, const PGresult*) {}, nullptr);
}

PostgresConnection::~PostgresConnection()
{
    PQfinish(m_handle);
}

void PostgresConnection::interrupt()
{
    m_wait->interrupt();
}

const CancelToken* PostgresConnection::watch(const CancelToken* token)
{
    return std::exchange(m_wait->token, token);
}

bool PostgresConnection::setDeaf(bool isDeaf)
{
    return std::exchange(m_wait->isDeaf, isDeaf);
}

std::chrono::milliseconds PostgresConnection::setAnswerTimeout(std::chrono::milliseconds timeout)
{
    return std::exchange(m_answerTimeout, timeout);
}

/// The session is of no more use: what runs on the server ends when it notices.
void PostgresConnection::drop()
{
    m_isBroken = true;
    m_isCopying = false;
}

Error PostgresConnection::lost(const QString& why)
{
    drop();
    return { ErrorCode::InputOutput,
        tr("The connection to %1 was lost: %2").arg(m_serverName, why) };
}

Error PostgresConnection::failure(const pg_result* result)
{
    const auto field = [result](int code) { return PQresultErrorField(result, code); };
    m_sqlState = field(PG_DIAG_SQLSTATE);
    m_constraint = field(PG_DIAG_CONSTRAINT_NAME);
    const char* primary = field(PG_DIAG_MESSAGE_PRIMARY);
    const QString message
        = cleanMessage(primary ? primary : PQresultErrorMessage(result), m_secret);
    if (PQstatus(m_handle) == CONNECTION_BAD || m_sqlState.startsWith("57P")
        || m_sqlState.startsWith("08")) {
        m_sqlState.clear();
        return lost(message);
    }
    const char* detail = field(PG_DIAG_MESSAGE_DETAIL);
    const QString more = detail ? QLatin1Char(' ') + cleanMessage(detail, m_secret) : QString();
    return { codeOfSqlState(m_sqlState), tr("%1: %2").arg(m_serverName, message + more) };
}

/// Waits for the socket; Cancelled where an interrupt ended it, which the server was told.
Result<void> PostgresConnection::await(bool forWriting)
{
    const auto end
        = m_answerTimeout.count() > 0 ? m_lastSign + m_answerTimeout : Clock::time_point::max();
    switch (m_wait->wait(PQsocket(m_handle), forWriting, end)) {
    case SocketWait::Outcome::Ready:
        m_lastSign = Clock::now();
        return {};
    case SocketWait::Outcome::Interrupted:
        return cancelRunning(SocketWait::cancelPatience);
    case SocketWait::Outcome::TimedOut:
        break;
    }
    return lost(tr("it did not answer for %1 s.")
                    .arg(static_cast<double>(m_answerTimeout.count()) / 1000.0));
}

/// Ends a COPY that a result has begun and nobody goes on with: libpq gives that result for ever.
void PostgresConnection::endCopyOf(const pg_result* result)
{
    const auto status = result ? PQresultStatus(result) : PGRES_COMMAND_OK;
    if (status == PGRES_COPY_IN)
        PQputCopyEnd(m_handle, "cancelled");
    else if (status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH)
        drop();
}

/// Has the server end what runs, and takes what it still answers; where it does not within the
/// patience, the session is given up.
Error PostgresConnection::cancelRunning(std::chrono::milliseconds patience)
{
    m_wait->forget();
    const auto* const token = std::exchange(m_wait->token, nullptr);
    sendCancel(m_handle);
    const auto end = Clock::now() + patience;
    if (m_isCopying)
        PQputCopyEnd(m_handle, "cancelled");
    m_isCopying = false;
    const bool isPipelined = PQpipelineStatus(m_handle) != PQ_PIPELINE_OFF;
    bool isOver = false;
    while (!isOver && !m_isBroken) {
        PQflush(m_handle);
        while (!PQisBusy(m_handle) && !isOver) {
            PGresult* result = PQgetResult(m_handle);
            isOver = isPipelined ? PQresultStatus(result) == PGRES_PIPELINE_SYNC : !result;
            endCopyOf(result);
            PQclear(result);
        }
        if (isOver)
            break;
        if (m_wait->wait(PQsocket(m_handle), false, end) == SocketWait::Outcome::TimedOut
            || PQconsumeInput(m_handle) == 0)
            drop();
    }
    m_wait->token = token;
    return cancelled();
}

/// Begins a call: `wasSent` says whether libpq took it.
Result<void> PostgresConnection::start(bool wasSent)
{
    m_sqlState.clear();
    m_constraint.clear();
    if (!wasSent) {
        if (PQstatus(m_handle) == CONNECTION_BAD)
            return lost(cleanMessage(PQerrorMessage(m_handle), m_secret));
        return Error { ErrorCode::Internal, cleanMessage(PQerrorMessage(m_handle), m_secret) };
    }
    m_lastSign = Clock::now();
    return flush();
}

Result<void> PostgresConnection::flush()
{
    for (;;) {
        const int left = PQflush(m_handle);
        if (left == 0)
            return {};
        if (left < 0)
            return lost(cleanMessage(PQerrorMessage(m_handle), m_secret));
        if (const auto ready = await(true); !ready)
            return ready;
        if (PQconsumeInput(m_handle) == 0)
            return lost(cleanMessage(PQerrorMessage(m_handle), m_secret));
    }
}

/// The next result of a call; `isEnd` where there is none.
Result<PostgresResult> PostgresConnection::nextResult(bool& isEnd)
{
    while (PQisBusy(m_handle)) {
        if (const auto ready = await(false); !ready)
            return ready.error();
        if (PQconsumeInput(m_handle) == 0)
            return lost(cleanMessage(PQerrorMessage(m_handle), m_secret));
    }
    PGresult* result = PQgetResult(m_handle);
    isEnd = result == nullptr;
    PostgresResult held(result);
    if (isEnd && PQstatus(m_handle) == CONNECTION_BAD)
        return lost(cleanMessage(PQerrorMessage(m_handle), m_secret));
    const auto status = isEnd ? PGRES_COMMAND_OK : PQresultStatus(result);
    if (status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE)
        return failure(result);
    return held;
}

/// Whether the server has not said yet that it is done with a call. It may have failed already, by
/// the server's own limit as well; what we cancelled ourselves is over, see cancelRunning().
bool PostgresConnection::isRunning() const
{
    return PQtransactionStatus(m_handle) == PQTRANS_ACTIVE;
}

/// All of a call's results; gives the last one, or the first failure.
Result<PostgresResult> PostgresConnection::lastResult()
{
    std::optional<Error> failed;
    PostgresResult last;
    for (;;) {
        bool isEnd = false;
        auto next = nextResult(isEnd);
        if (!next) {
            if (m_isBroken || !isRunning())
                return next;
            failed = failed ? failed : next.error();
            continue;
        }
        if (isEnd)
            break;
        last = *next;
        endCopyOf(last.handle());
        if (m_isBroken)
            return lost(tr("it sends rows that nobody takes."));
    }
    if (failed)
        return *failed;
    return last;
}

/// Prepares a text once a session.
Result<std::string> PostgresConnection::keptName(std::string_view sql)
{
    if (const auto known = m_kept->names.find(sql); known != m_kept->names.end())
        return known->second;
    const std::string name = std::to_string(m_kept->names.size() + 1);
    const std::string text(sql);
    if (const auto sent
        = start(PQsendPrepare(m_handle, name.c_str(), text.c_str(), 0, nullptr) != 0);
        !sent)
        return sent.error();
    if (const auto prepared = lastResult(); !prepared)
        return prepared.error();
    m_kept->names.emplace(text, name);
    return name;
}

Result<PostgresResult> PostgresConnection::query(
    std::string_view sql, const PostgresParameters& parameters, bool isKept)
{
    if (m_isBroken)
        return lost(tr("it is closed."));
    m_wait->forget();
    const auto values = parameters.pointers();
    bool wasSent = false;
    if (isKept) {
        const auto name = keptName(sql);
        if (!name)
            return name.error();
        wasSent = PQsendQueryPrepared(m_handle, name->c_str(), parameters.count(), values.data(),
                      nullptr, nullptr, 0)
            != 0;
    } else {
        wasSent = PQsendQueryParams(m_handle, std::string(sql).c_str(), parameters.count(), nullptr,
                      values.data(), nullptr, nullptr, 0)
            != 0;
    }
    if (const auto sent = start(wasSent); !sent)
        return sent.error();
    return lastResult();
}

Result<void> PostgresConnection::execute(const QByteArray& sql)
{
    if (m_isBroken)
        return lost(tr("it is closed."));
    m_wait->forget();
    if (const auto sent = start(PQsendQuery(m_handle, sql.constData()) != 0); !sent)
        return sent;
    const auto done = lastResult();
    return done ? Result<void>() : done.error();
}

bool PostgresConnection::isInTransaction() const
{
    return PQtransactionStatus(m_handle) == PQTRANS_INTRANS
        || PQtransactionStatus(m_handle) == PQTRANS_INERROR;
}

bool PostgresConnection::isStandby() const
{
    return reported("in_hot_standby") == "on";
}

int PostgresConnection::serverVersion() const
{
    return PQserverVersion(m_handle);
}

int PostgresConnection::backendId() const
{
    return PQbackendPID(m_handle);
}

QString PostgresConnection::userName() const
{
    return QString::fromUtf8(PQuser(m_handle));
}

QString PostgresConnection::databaseName() const
{
    return QString::fromUtf8(PQdb(m_handle));
}

StoreServer PostgresConnection::server() const
{
    constexpr int major = 10'000;
    const int version = serverVersion();
    return { m_serverName,
        QStringLiteral("PostgreSQL %1.%2").arg(version / major).arg(version % major),
        transport().toText(), isStandby() };
}

QByteArray PostgresConnection::reported(const char* setting) const
{
    return PQparameterStatus(m_handle, setting);
}

} // namespace eventloupe
