// PostgresConnection: how a session begins.

#include "postgres/postgresconnection.h"
#include "postgres/postgreserror.h"
#include "store/socketwait.h"
#include "store/storesecrets.h"

#include <QCoreApplication>

#include <libpq-fe.h>

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Postgres", text);
}

struct Defaults {
    const char* name;
    const char* value;
};

// A peer that is gone without a word is noticed by the system within about 30 s: the first probe
// after 10 s of silence, three of them 5 s apart; what was sent and is not acknowledged, 20 s.
constexpr Defaults defaults[] = { { "fallback_application_name", "eventloupe" },
    { "keepalives", "1" }, { "keepalives_idle", "10" }, { "keepalives_interval", "5" },
    { "keepalives_count", "3" }, { "tcp_user_timeout", "20000" } };

using Handle = std::unique_ptr<PGconn, decltype(&PQfinish)>;

/// A try to reach one host.
class Attempt {
public:
    Attempt(const PostgresOptions& options, const PostgresAddress& host,
        const std::function<bool()>& isCancelled)
        : m_options(options)
        , m_host(host)
        , m_isCancelled(isCancelled)
    {
    }

    Handle run(const QByteArray& secret, SocketWait& wait)
    {
        m_secret = secret;
        Handle handle(start(), PQfinish);
        m_error.reset();
        if (!handle)
            m_error = Error { ErrorCode::Internal, tr("There is no memory for a connection.") };
        else
            connect(handle.get(), wait);
        return handle;
    }
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }
    /// Whether a password is wanted, or another one.
    [[nodiscard]] bool wantsPassword() const { return m_wantsPassword; }

private:
    PGconn* start()
    {
        PostgresAddress address = m_host;
        for (const Defaults& each : defaults)
            if (address.value(each.name).isEmpty())
                address.set(each.name, each.value);
        address.set("client_encoding", "UTF8");
        if (m_options.wantsPrimary)
            address.set("target_session_attrs", "read-write");
        if (!m_secret.isEmpty())
            address.set("password", m_secret);
        std::vector<const char*> names;
        std::vector<const char*> values;
        for (const auto& [name, value] : address.parameters) {
            names.push_back(name.constData());
            values.push_back(value.constData());
        }
        names.push_back(nullptr);
        values.push_back(nullptr);
        return PQconnectStartParams(names.data(), values.data(), 0);
    }

    [[nodiscard]] SocketWait::Clock::time_point end() const
    {
        const int asked = m_host.value("connect_timeout").toInt();
        const auto most
            = asked > 0 ? std::chrono::milliseconds(asked * 1000) : m_options.connectTimeout;
        return SocketWait::Clock::now() + most;
    }

    void connect(PGconn* handle, SocketWait& wait)
    {
        PQsetErrorVerbosity(handle, PQERRORS_VERBOSE);
        const auto last = end();
        auto state = PGRES_POLLING_WRITING;
        while (state != PGRES_POLLING_OK) {
            if (state == PGRES_POLLING_FAILED || PQstatus(handle) == CONNECTION_BAD)
                return fail(handle);
            if (m_isCancelled && m_isCancelled()) {
                m_error = Error { ErrorCode::Cancelled, tr("cancelled") };
                return;
            }
            const auto now = SocketWait::Clock::now();
            const auto slice = std::min(last, now + SocketWait::lookInterval);
            if (now >= last) {
                m_error = Error { ErrorCode::InputOutput,
                    tr("%1 does not answer.").arg(m_host.serverName()) };
                return;
            }
            const auto outcome = wait.wait(PQsocket(handle), state == PGRES_POLLING_WRITING, slice);
            if (outcome == SocketWait::Outcome::Ready)
                state = PQconnectPoll(handle);
        }
    }

    void fail(PGconn* handle)
    {
        const QByteArray state = sqlStateIn(PQerrorMessage(handle));
        m_wantsPassword
            = PQconnectionNeedsPassword(handle) != 0 || state == "28P01" || state == "28000";
        const ErrorCode code = state.isEmpty() ? ErrorCode::InputOutput : codeOfSqlState(state);
        QString message = cleanMessage(PQerrorMessage(handle), m_secret);
        // OpenSSL's words, in every language.
        if (message.contains(QLatin1String("certificate verify failed")))
            message = tr("%1. The server's certificate is not of an authority in %2, or it has "
                         "expired: this may be another server.")
                          .arg(message, authorityFile());
        m_error = Error { code, message };
    }

    /// Where libpq looks for authorities, for people.
    [[nodiscard]] QString authorityFile() const
    {
        QByteArray file = m_host.value("sslrootcert");
        if (file.isEmpty())
            file = qgetenv("PGSSLROOTCERT");
        return file.isEmpty() ? QStringLiteral("~/.postgresql/root.crt") : QString::fromUtf8(file);
    }

    const PostgresOptions& m_options;
    const PostgresAddress& m_host;
    const std::function<bool()>& m_isCancelled;
    QByteArray m_secret;
    std::optional<Error> m_error;
    bool m_wantsPassword = false;
};

QString serverOf(const PostgresAddress& host)
{
    const auto part = [&host](const char* name) { return QString::fromUtf8(host.value(name)); };
    QString text = host.serverName();
    if (!part("user").isEmpty())
        text = tr("%1 on %2").arg(part("user"), text);
    if (!part("dbname").isEmpty())
        text = tr("%1, database %2").arg(text, part("dbname"));
    return text;
}

QByteArray spelled(std::chrono::milliseconds time)
{
    return QByteArray::number(static_cast<qint64>(time.count()));
}

} // namespace

Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(
    const PostgresOptions& options, const std::function<bool()>& isCancelled)
{
    constexpr int mostPasswords = 3;
    Error error { ErrorCode::InvalidArgument, tr("No host is named.") };
    for (const PostgresAddress& host : options.address.byHost()) {
        QByteArray secret = secretOf(options.address.location).value_or(QByteArray());
        Attempt attempt(options, host, isCancelled);
        auto wait = std::make_unique<SocketWait>();
        Handle handle = attempt.run(secret, *wait);
        for (int i = 0; attempt.error() && attempt.wantsPassword() && i < mostPasswords; ++i) {
            const auto answer = askForSecret(
                { options.address.location, serverOf(host), !secret.isEmpty() }, secret);
            if (!answer)
                break;
            secret = *answer;
            handle = attempt.run(secret, *wait);
        }
        if (!attempt.error()) {
            std::unique_ptr<PostgresConnection> connection(new PostgresConnection(
                handle.release(), host.serverName(), options, secret, std::move(wait)));
            if (const auto configured = connection->configure(options); !configured)
                return configured.error();
            return connection;
        }
        error = *attempt.error();
        if (attempt.wantsPassword())
            error.message = tr("%1 Name a password in a password file (PGPASSFILE, ~/.pgpass) or "
                               "in PGPASSWORD.")
                                .arg(error.message);
        if (error.code == ErrorCode::Cancelled)
            break;
    }
    return Error { error.code, tr("%1: %2").arg(options.address.location, error.message) };
}

Result<void> PostgresConnection::configure(const PostgresOptions& options)
{
    QByteArray sql = "SET standard_conforming_strings = on; SET bytea_output = 'hex';"
                     " SET extra_float_digits = 3; SET datestyle = 'ISO'; SET timezone = 'UTC';";
    sql += " SET statement_timeout = " + spelled(options.statementTimeout) + "; SET lock_timeout = "
        + spelled(options.lockTimeout) + "; SET idle_in_transaction_session_timeout = "
        + spelled(options.idleInTransactionTimeout) + ";";
    if (options.isReadOnly)
        sql += " SET default_transaction_read_only = on;";
    return execute(sql);
}

} // namespace eventloupe
