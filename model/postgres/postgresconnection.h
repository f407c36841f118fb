#pragma once

#include "postgres/postgresaddress.h"
#include "postgres/postgresresult.h"
#include "store/storenotices.h"
#include "value/canceltoken.h"

#include <QStringList>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

struct pg_conn;

namespace eventloupe {

class SocketWait;

/// How a connection is to be.
struct PostgresOptions {
    PostgresAddress address;
    /// The server refuses to write in this session (default_transaction_read_only).
    bool isReadOnly = true;
    /// Only a server that takes writes will do (target_session_attrs=read-write).
    bool wantsPrimary = false;
    std::chrono::milliseconds connectTimeout { 5'000 }; ///< A host; connect_timeout goes before it.
    /// Silence after which the server counts as gone: nothing came while an answer was due.
    std::chrono::milliseconds answerTimeout { 20'000 };
    /// The server's own limits; zero for none.
    std::chrono::milliseconds statementTimeout { 0 };
    std::chrono::milliseconds lockTimeout { 5'000 };
    std::chrono::milliseconds idleInTransactionTimeout { 60'000 };
};

/// What the transport is, for people who want to know whether it is safe.
struct PostgresTransport {
    bool isEncrypted = false;
    QString mode; ///< sslmode as it was asked for: "prefer", "verify-full", ...
    QString protocol; ///< "TLSv1.3".
    QString cipher;
    bool isLocal = false; ///< A socket of this machine, which no one else can listen to.

    /// "TLSv1.3, certificate and host name verified", "not encrypted".
    [[nodiscard]] QString toText() const;
};

struct PostgresNotification {
    QByteArray channel;
    QByteArray payload;
};

/// One session on a PostgreSQL server through libpq's asynchronous calls, under calls that wait:
/// each ends in bounded time, and within 100 ms after interrupt().
///
/// Belongs to the thread that uses it; only interrupt() may be called from another. Errors: Busy (a
/// lock was not to be had), Cancelled (interrupt(), a token, or the server's own limit), ReadOnly,
/// DiskFull, Corrupt, Unsupported, AlreadyExists (a unique index refused), InputOutput for the
/// rest, with isBroken() where the session is lost. No message holds the password.
class PostgresConnection final {
public:
    /// Tries the hosts in order. Asks for a password (see store/storesecrets.h) where the server
    /// wants one. `isCancelled`, if any, is asked every 20 ms while it connects.
    [[nodiscard]] static Result<std::unique_ptr<PostgresConnection>> open(
        const PostgresOptions& options, const std::function<bool()>& isCancelled = {});
    ~PostgresConnection();
    PostgresConnection(const PostgresConnection&) = delete;
    PostgresConnection& operator=(const PostgresConnection&) = delete;

    /// One statement. Its plan is kept for the next time if `isKept`: for texts that are few and
    /// come often.
    [[nodiscard]] Result<PostgresResult> query(
        std::string_view sql, const PostgresParameters& parameters = {}, bool isKept = false);
    /// One or several statements without parameters or rows.
    [[nodiscard]] Result<void> execute(const QByteArray& sql);
    /// Hands over the rows one by one as they come, so that memory does not grow with them; return
    /// false to end it. Row 0 of the result is the row. No call may be made meanwhile.
    [[nodiscard]] Result<void> stream(std::string_view sql, const PostgresParameters& parameters,
        const std::function<bool(const PostgresResult&)>& visitor);

    /// Statements that are sent together, and wait for one answer. See run().
    struct Step {
        std::string_view sql;
        PostgresParameters parameters;
    };
    /// Runs the steps in order in one round trip; the first that fails ends it, and what came
    /// before is not taken back unless a step was BEGIN. Plans are kept.
    [[nodiscard]] Result<std::vector<PostgresResult>> run(const std::vector<Step>& steps);

    /// `COPY table(...) FROM STDIN`: begin, put bytes in the statement's format, end; nothing else
    /// meanwhile. put() returns when the socket has the bytes, and the server may still be at them:
    /// what it refuses, end() tells. A failure of put() or end() is the end of it.
    [[nodiscard]] Result<void> beginCopy(const QByteArray& sql);
    [[nodiscard]] Result<void> putCopy(std::string_view bytes);
    [[nodiscard]] Result<qint64> endCopy();
    [[nodiscard]] bool isCopying() const { return m_isCopying; }
    /// Ends one that was begun, if any, so that its rows are not stored.
    void cancelCopy();

    /// Notifications that came along with answers, or that lie in the socket.
    [[nodiscard]] std::vector<PostgresNotification> takeNotifications();
    /// Waits until something comes, for at most so long; false where nothing came. Fails where the
    /// session was lost.
    [[nodiscard]] Result<bool> waitForNotification(std::chrono::milliseconds most);

    /// Ends the running call from another thread; one between two calls is lost.
    void interrupt();
    /// While a token is set, calls end with Cancelled within 100 ms after it is cancelled. It must
    /// outlive that; null ends it. Returns the one that was watched before.
    const CancelToken* watch(const CancelToken* token);
    /// While it is deaf, neither interrupt() nor a token ends a call. Returns what it was.
    bool setDeaf(bool isDeaf);
    /// Silence after which the server counts as gone, from the next call on; zero: never. Returns
    /// what it was. For work that is known to be long, such as building an index.
    std::chrono::milliseconds setAnswerTimeout(std::chrono::milliseconds timeout);

    /// Whether the session is lost: every further call fails, and another connection is needed.
    [[nodiscard]] bool isBroken() const { return m_isBroken; }
    [[nodiscard]] bool isInTransaction() const;
    /// Whether the server is a standby, which follows another one and takes no writes.
    [[nodiscard]] bool isStandby() const;
    [[nodiscard]] int serverVersion() const; ///< 150018 is 15.18.
    [[nodiscard]] int backendId() const; ///< The server process' number.
    [[nodiscard]] QString serverName() const { return m_serverName; } ///< "db.example.org:5432".
    [[nodiscard]] QString userName() const;
    [[nodiscard]] QString databaseName() const;
    [[nodiscard]] PostgresTransport transport() const;
    [[nodiscard]] StoreServer server() const; ///< The same for people.
    /// A setting that the server reports ("server_encoding"); empty where it does not.
    [[nodiscard]] QByteArray reported(const char* setting) const;
    /// SQLSTATE of the last call that the server refused: "40001"; empty where it did not.
    [[nodiscard]] const QByteArray& sqlState() const { return m_sqlState; }
    /// The name of the constraint that the last call ran into, if any.
    [[nodiscard]] const QByteArray& constraint() const { return m_constraint; }

private:
    PostgresConnection(pg_conn* handle, QString serverName, const PostgresOptions& options,
        QByteArray secret, std::unique_ptr<SocketWait> wait);
    Result<void> configure(const PostgresOptions& options);
    Result<void> start(bool wasSent);
    Result<void> flush();
    Result<PostgresResult> nextResult(bool& isEnd);
    Result<PostgresResult> lastResult();
    [[nodiscard]] bool isRunning() const;
    Result<std::string> keptName(std::string_view sql);
    Result<void> await(bool forWriting);
    Error cancelRunning(std::chrono::milliseconds patience);
    void endCopyOf(const pg_result* result);
    Error lost(const QString& why);
    Error failure(const pg_result* result);
    void drop();

    pg_conn* m_handle;
    QString m_serverName;
    QString m_sslMode;
    QByteArray m_secret;
    std::unique_ptr<SocketWait> m_wait;
    std::chrono::milliseconds m_answerTimeout;
    std::chrono::steady_clock::time_point m_lastSign; ///< When something came last.
    struct Kept;
    std::unique_ptr<Kept> m_kept; ///< Names of the statements that were prepared.
    bool m_isBroken = false;
    bool m_isCopying = false;
    QByteArray m_sqlState;
    QByteArray m_constraint;
};

/// Watches a token as long as it lives; see PostgresConnection::watch().
class PostgresWatch final {
public:
    PostgresWatch(PostgresConnection& connection, const CancelToken& token)
        : m_connection(connection)
        , m_before(connection.watch(&token))
    {
    }
    ~PostgresWatch() { m_connection.watch(m_before); }
    PostgresWatch(const PostgresWatch&) = delete;
    PostgresWatch& operator=(const PostgresWatch&) = delete;

private:
    PostgresConnection& m_connection;
    const CancelToken* m_before;
};

} // namespace eventloupe
