// MysqlConnection: how a session begins.

#include "mysql/mysqlchannel.h"
#include "mysql/mysqlconnection.h"
#include "mysql/mysqlerror.h"
#include "mysql/mysqltext.h"
#include "store/storesecrets.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace eventloupe {

namespace {

using Clock = SocketWait::Clock;
using Outcome = SocketWait::Outcome;

constexpr unsigned tlsFailed = 2026;

/// A peer that is gone without a word is noticed by the system within about 30 s: the first probe
/// after 10 s of silence, three of them 5 s apart; what was sent and is not acknowledged, 20 s.
void watchPeer(int socket)
{
    const auto set = [socket](int level, int name, int value) {
        setsockopt(socket, level, name, &value, sizeof value);
    };
    set(SOL_SOCKET, SO_KEEPALIVE, 1);
#ifdef TCP_KEEPIDLE
    set(IPPROTO_TCP, TCP_KEEPIDLE, 10);
    set(IPPROTO_TCP, TCP_KEEPINTVL, 5);
    set(IPPROTO_TCP, TCP_KEEPCNT, 3);
#endif
#ifdef TCP_USER_TIMEOUT
    set(IPPROTO_TCP, TCP_USER_TIMEOUT, 20'000);
#endif
}

QString serverOf(const MysqlAddress& address)
{
    QString text = MysqlText::tr("%1 on %2").arg(address.user, address.serverName());
    if (!address.database.isEmpty())
        text = MysqlText::tr("%1, database %2").arg(text, address.database);
    return text;
}

} // namespace

/// Tries to begin a session.
class MysqlConnection::Opening {
public:
    Opening(const MariaDbLibrary& library, const MysqlOptions& options, MysqlAddress address,
        const std::function<bool()>& isCancelled)
        : m_library(library)
        , m_options(options)
        , m_address(std::move(address))
        , m_isCancelled(isCancelled)
    {
    }

    /// With and, where that is allowed and the server has none, without TLS.
    std::unique_ptr<MysqlChannel> run(const QByteArray& secret)
    {
        const bool isPreferred = m_address.tls == MysqlTls::Preferred;
        usesTls = !m_address.isLocal() && m_address.tls != MysqlTls::Disabled;
        auto channel = connect(secret);
        if (error && usesTls && isPreferred && m_number == tlsFailed) {
            usesTls = false;
            channel = connect(secret);
        }
        return channel;
    }
    [[nodiscard]] bool asksForPassword() const { return error && wantsPassword(m_number); }

    std::optional<Error> error;
    bool usesTls = false;

private:
    std::unique_ptr<MysqlChannel> connect(const QByteArray& secret)
    {
        error.reset();
        m_number = 0;
        auto channel = std::make_unique<MysqlChannel>(m_library);
        if (channel->handle() == nullptr) {
            error = Error { ErrorCode::Internal, MysqlText::tr("There is no memory for it.") };
            return channel;
        }
        channel->isCancelled = m_isCancelled;
        const std::chrono::milliseconds most = m_address.connectTimeout > 0
            ? std::chrono::seconds(m_address.connectTimeout)
            : m_options.connectTimeout;
        const auto outcome = channel->connect(m_address, secret, usesTls, Clock::now() + most);
        m_number = outcome == Outcome::Ready ? channel->errorNumber() : 0;
        // A wait in the midst of the library's own work ends with an error of the library's.
        const bool isCancelled = m_isCancelled && m_isCancelled();
        if (isCancelled || outcome == Outcome::Interrupted)
            error = Error { ErrorCode::Cancelled, MysqlText::tr("cancelled") };
        else if (outcome == Outcome::TimedOut)
            error = Error { ErrorCode::InputOutput,
                MysqlText::tr("%1 does not answer.").arg(m_address.serverName()) };
        else if (m_number != 0)
            error = Error { codeOfMysqlError(m_number),
                cleanMysqlMessage(channel->errorText(), secret) };
        else if (!m_address.isLocal())
            watchPeer(m_library.socket(channel->handle()));
        channel->isCancelled = nullptr;
        return channel;
    }

    const MariaDbLibrary& m_library;
    const MysqlOptions& m_options;
    const MysqlAddress m_address;
    const std::function<bool()>& m_isCancelled;
    unsigned m_number = 0;
};

Result<std::unique_ptr<MysqlConnection>> MysqlConnection::open(
    const MysqlOptions& options, const std::function<bool()>& isCancelled)
{
    constexpr int mostPasswords = 3;
    const auto& library = MariaDbLibrary::instance();
    if (!library)
        return library.error();
    const MysqlAddress address = options.address.completed(options.optionFile);
    QByteArray secret = secretOf(address.location).value_or(address.password);
    Opening opening(*library, options, address, isCancelled);
    auto channel = opening.run(secret);
    for (int i = 0; opening.asksForPassword() && i < mostPasswords; ++i) {
        const auto answer
            = askForSecret({ address.location, serverOf(address), !secret.isEmpty() }, secret);
        if (!answer)
            break;
        secret = *answer;
        channel = opening.run(secret);
    }
    if (opening.error) {
        QString why = opening.error->message;
        if (opening.asksForPassword())
            why = MysqlText::tr("%1. Name a password in ~/.my.cnf, group [client], or in "
                                "MYSQL_PWD.")
                      .arg(why);
        return Error { opening.error->code, MysqlText::tr("%1: %2").arg(address.location, why) };
    }
    std::unique_ptr<MysqlConnection> connection(new MysqlConnection(
        *library, options, address, secret, opening.usesTls, std::move(channel)));
    if (const auto configured = connection->configure(options); !configured)
        return configured.error();
    return connection;
}

/// What a server's settings may say otherwise, and all that keeps the session from writing.
Result<void> MysqlConnection::configure(const MysqlOptions& options)
{
    const auto seconds = [](Milliseconds time) {
        return QByteArray::number(
            std::max<qint64>(1, std::chrono::ceil<std::chrono::seconds>(time).count()));
    };
    const QByteArray settings
        = "SET SESSION sql_mode = '', SESSION autocommit = 1, SESSION time_zone = '+00:00',"
          " SESSION sql_big_selects = 1, SESSION sql_select_limit = DEFAULT,"
          " SESSION lock_wait_timeout = "
        + seconds(options.lockTimeout)
        + ", SESSION innodb_lock_wait_timeout = " + seconds(options.lockTimeout);
    const auto limit = options.statementTimeout.count();
    const QByteArrayList statements { "SET NAMES utf8mb4", settings,
        QByteArray("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ")
            + (options.mayWrite ? "WRITE" : "ONLY"),
        m_isMariaDb ? "SET SESSION max_statement_time = "
                + QByteArray::number(static_cast<double>(limit) / 1000.0, 'f', 3)
                    : "SET SESSION max_execution_time = " + QByteArray::number(limit) };
    for (const QByteArray& sql : statements)
        if (const auto set = query({ sql.constData(), static_cast<std::size_t>(sql.size()) }); !set)
            return set;
    // Looking at estimates would keep them in a table of the server's.
    constexpr unsigned unknownVariable = 1193;
    if (!m_isMariaDb)
        if (const auto set = query("SET SESSION information_schema_stats_expiry = 0");
            !set && m_errorNumber != unknownVariable)
            return set;
    return {};
}

} // namespace eventloupe
