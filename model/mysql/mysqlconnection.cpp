#include "mysql/mysqlconnection.h"

#include "mysql/mysqlchannel.h"
#include "mysql/mysqlerror.h"
#include "mysql/mysqltext.h"

#include <atomic>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

namespace eventloupe {

namespace {

using namespace std::chrono_literals;
using Clock = SocketWait::Clock;
using Outcome = SocketWait::Outcome;

/// What is read of a result that nobody wants, before its session is rather given up.
constexpr std::size_t mostLeftBytes = std::size_t(8) * 1024 * 1024;

/// How long the server may take to end what was cancelled, then the session is given up: with the
/// time until a token is looked at, less than 100 ms.
constexpr auto killPatience = 60ms;

constexpr unsigned binaryCharset = 63; ///< "binary" among the servers' character sets.

Error cancelled()
{
    return { ErrorCode::Cancelled, MysqlText::tr("cancelled") };
}

MysqlKind kindOf(const MYSQL_FIELD& field)
{
    switch (field.type) {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_LONGLONG:
    case MYSQL_TYPE_YEAR:
        return MysqlKind::Integer;
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL:
        return MysqlKind::Decimal;
    case MYSQL_TYPE_FLOAT:
    case MYSQL_TYPE_DOUBLE:
        return MysqlKind::Real;
    case MYSQL_TYPE_BIT:
        return MysqlKind::Bits;
    case MYSQL_TYPE_GEOMETRY:
        return MysqlKind::Bytes;
    case MYSQL_TYPE_VARCHAR:
    case MYSQL_TYPE_VAR_STRING:
    case MYSQL_TYPE_STRING:
    case MYSQL_TYPE_TINY_BLOB:
    case MYSQL_TYPE_BLOB:
    case MYSQL_TYPE_MEDIUM_BLOB:
    case MYSQL_TYPE_LONG_BLOB:
        return field.charsetnr == binaryCharset ? MysqlKind::Bytes : MysqlKind::Text;
    default: // Times, JSON, enumerations, sets.
        return MysqlKind::Text;
    }
}

/// Asks the server by another session to end what one does. On a thread of its own, which outlives
/// this call where the server does not answer. True once it was told; never where the system gives
/// no thread.
std::shared_ptr<std::atomic<bool>> sendKill(const MariaDbLibrary& library,
    const MysqlAddress& address, const QByteArray& secret, bool usesTls, unsigned long id)
{
    auto wasTold = std::make_shared<std::atomic<bool>>(false);
    try {
        std::thread([&library, address, secret, usesTls, id, wasTold] {
            MysqlChannel channel(library);
            const auto end = Clock::now() + SocketWait::endPatience;
            const std::string sql = "KILL QUERY " + std::to_string(id);
            if (channel.connect(address, secret, usesTls, end) == Outcome::Ready
                && channel.errorNumber() == 0 && channel.query(sql, end) == Outcome::Ready)
                wasTold->store(true);
        }).detach();
    } catch (const std::system_error&) {
        return wasTold;
    }
    return wasTold;
}

} // namespace

MysqlConnection::MysqlConnection(const MariaDbLibrary& library, const MysqlOptions& options,
    MysqlAddress address, QByteArray secret, bool usesTls, std::unique_ptr<MysqlChannel> channel)
    : m_library(library)
    , m_address(std::move(address))
    , m_secret(std::move(secret))
    , m_usesTls(usesTls)
    , m_answerTimeout(options.answerTimeout)
    , m_channel(std::move(channel))
    , m_version(QString::fromUtf8(library.serverVersion(m_channel->handle())))
    , m_isMariaDb(m_version.contains(QStringLiteral("MariaDB"), Qt::CaseInsensitive))
{
}

MysqlConnection::~MysqlConnection()
{
    if (m_result != nullptr)
        drop();
    freeResult();
}

StoreServer MysqlConnection::server() const
{
    StoreServer server;
    server.name = m_address.serverName();
    const QString number = m_version.section(u'-', 0, 0);
    server.version
        = (m_isMariaDb ? QStringLiteral("MariaDB %1") : QStringLiteral("MySQL %1")).arg(number);
    if (m_address.isLocal())
        server.transport = MysqlText::tr("a socket of this machine");
    else if (const char* const cipher = m_library.tlsCipher(m_channel->handle());
             !m_usesTls || cipher == nullptr)
        server.transport = MysqlText::tr("not encrypted");
    else if (m_address.tls == MysqlTls::Verified)
        server.transport = MysqlText::tr("TLS (%1), certificate and host name verified")
                               .arg(QString::fromUtf8(cipher));
    else
        server.transport
            = MysqlText::tr("TLS (%1), server not verified").arg(QString::fromUtf8(cipher));
    return server;
}

void MysqlConnection::interrupt()
{
    m_channel->wait.interrupt();
}

const CancelToken* MysqlConnection::watch(const CancelToken* token)
{
    return std::exchange(m_channel->wait.token, token);
}

/// The session is of no more use.
void MysqlConnection::drop()
{
    m_isBroken = true;
    m_channel->abandon();
}

void MysqlConnection::freeResult()
{
    if (m_result != nullptr)
        m_library.freeResult(std::exchange(m_result, nullptr));
}

Error MysqlConnection::lost(const QString& why)
{
    drop();
    freeResult();
    return { ErrorCode::InputOutput,
        MysqlText::tr("The connection to %1 was lost: %2").arg(m_address.serverName(), why) };
}

/// What the server said in place of an answer.
Result<void> MysqlConnection::refused()
{
    m_errorNumber = m_channel->errorNumber();
    const QString why = cleanMysqlMessage(m_channel->errorText(), m_secret);
    if (isLostSession(m_errorNumber))
        return lost(why);
    freeResult();
    return Error { codeOfMysqlError(m_errorNumber), why };
}

/// Of a wait that did not end with an answer.
Result<void> MysqlConnection::settle(int outcome)
{
    if (static_cast<Outcome>(outcome) == Outcome::Interrupted)
        return stop();
    return lost(MysqlText::tr("it did not answer for %1 s.")
                    .arg(static_cast<double>(m_answerTimeout.count()) / 1000.0));
}

/// Reads what is under way to its end.
bool MysqlConnection::finishUntil(Clock::time_point end)
{
    if (m_channel->resume(end) != Outcome::Ready)
        return false;
    if (m_channel->errorNumber() != 0)
        return !isLostSession(m_channel->errorNumber());
    if (m_result == nullptr)
        m_result = m_library.useResult(m_channel->handle());
    while (m_result != nullptr) {
        if (m_channel->fetch(m_result, end) != Outcome::Ready)
            return false;
        if (m_channel->row() == nullptr)
            return !isLostSession(m_channel->errorNumber());
    }
    return true;
}

/// Ends the call under way, as it was asked to: with the server's help, or by giving up the
/// session, so that a request that comes late hits nothing else.
Error MysqlConnection::stop()
{
    SocketWait& wait = m_channel->wait;
    wait.forget();
    const auto* const token = std::exchange(wait.token, nullptr);
    const auto wasTold = sendKill(
        m_library, m_address, m_secret, m_usesTls, m_library.threadId(m_channel->handle()));
    const auto end = Clock::now() + killPatience;
    bool isOver = finishUntil(end);
    while (isOver && !wasTold->load() && Clock::now() < end)
        std::this_thread::sleep_for(1ms);
    isOver = isOver && wasTold->load();
    if (!isOver)
        drop();
    freeResult();
    wait.forget();
    wait.token = token;
    return cancelled();
}

/// Of a result that nobody reads further.
Result<void> MysqlConnection::leave()
{
    for (std::size_t left = 0; left < mostLeftBytes;) {
        const auto outcome = m_channel->fetch(m_result, Clock::now() + m_answerTimeout);
        if (outcome != Outcome::Ready)
            return settle(static_cast<int>(outcome));
        if (m_channel->row() == nullptr) {
            if (m_channel->errorNumber() != 0)
                return refused();
            freeResult();
            return {};
        }
        const unsigned long* const lengths = m_library.lengths(m_result);
        for (std::size_t column = 0; column < m_kinds.size(); ++column)
            left += lengths[column];
    }
    drop();
    freeResult();
    return {};
}

Result<void> MysqlConnection::readRows(const Visitor& visitor)
{
    const unsigned columns = m_library.fieldCount(m_result);
    const MYSQL_FIELD* const fields = m_library.fields(m_result);
    m_kinds.clear();
    for (unsigned column = 0; column < columns; ++column)
        m_kinds.push_back(kindOf(fields[column]));
    for (;;) {
        const auto outcome = m_channel->fetch(m_result, Clock::now() + m_answerTimeout);
        if (outcome != Outcome::Ready)
            return settle(static_cast<int>(outcome));
        char** const row = m_channel->row();
        if (row == nullptr && m_channel->errorNumber() != 0)
            return refused();
        if (row == nullptr)
            break;
        if (visitor && !visitor(MysqlRow(row, m_library.lengths(m_result), m_kinds)))
            return leave();
    }
    freeResult();
    return {};
}

Result<void> MysqlConnection::query(std::string_view sql, const Visitor& visitor)
{
    m_errorNumber = 0;
    if (m_isBroken)
        return Error { ErrorCode::InputOutput,
            MysqlText::tr("The connection to %1 is lost.").arg(m_address.serverName()) };
    m_channel->wait.forget();
    const auto outcome = m_channel->query(sql, Clock::now() + m_answerTimeout);
    if (outcome != Outcome::Ready)
        return settle(static_cast<int>(outcome));
    if (m_channel->errorNumber() != 0)
        return refused();
    m_result = m_library.useResult(m_channel->handle());
    if (m_result == nullptr)
        return m_channel->errorNumber() != 0 ? refused() : Result<void>();
    return readRows(visitor);
}

} // namespace eventloupe
