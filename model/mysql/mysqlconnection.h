#pragma once

#include "mysql/mysqladdress.h"
#include "store/storenotices.h"
#include "value/canceltoken.h"

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

struct st_mysql_res;

namespace eventloupe {

struct MariaDbLibrary;
class MysqlChannel;

/// How a connection is to be. It can only read.
struct MysqlOptions {
    MysqlAddress address;
    std::chrono::milliseconds connectTimeout { 5'000 };
    /// Silence after which the server counts as gone: nothing came while an answer was due.
    std::chrono::milliseconds answerTimeout { 20'000 };
    /// The server's own limits. Zero: none, for a statement.
    std::chrono::milliseconds statementTimeout { 60'000 };
    std::chrono::milliseconds lockTimeout { 5'000 };
    /// For tests, which have to write.
    bool mayWrite = false;
    QString optionFile = MysqlAddress::usualOptionFile();
};

/// What the text of a value is.
enum class MysqlKind : quint8 {
    Integer,
    Decimal, ///< With all its digits.
    Real,
    Text,
    Bytes,
    Bits, ///< Bytes of a number, the greatest first.
};

/// A row of a result, valid until the next.
class MysqlRow final {
public:
    MysqlRow(
        const char* const* values, const unsigned long* lengths, std::span<const MysqlKind> kinds)
        : m_values(values)
        , m_lengths(lengths)
        , m_kinds(kinds)
    {
    }
    [[nodiscard]] int columns() const { return static_cast<int>(m_kinds.size()); }
    [[nodiscard]] MysqlKind kind(int column) const
    {
        return m_kinds[static_cast<std::size_t>(column)];
    }
    [[nodiscard]] bool isNull(int column) const { return m_values[column] == nullptr; }
    /// As the server spells it; "" for none.
    [[nodiscard]] std::string_view text(int column) const
    {
        return isNull(column) ? std::string_view()
                              : std::string_view(m_values[column], m_lengths[column]);
    }
    [[nodiscard]] QString string(int column) const
    {
        return QString::fromUtf8(m_values[column], static_cast<qsizetype>(text(column).size()));
    }

private:
    const char* const* m_values;
    const unsigned long* m_lengths;
    std::span<const MysqlKind> m_kinds;
};

/// One session on a MySQL or MariaDB server, whose transactions are all read-only. Each call ends
/// in bounded time, and within 100 ms after interrupt(); the server is then told by another session
/// to end what it does. Looking up a host's name alone is the system's, and waits for it.
///
/// Times are in UTC, texts in UTF-8. Belongs to the thread that uses it; only interrupt() may be
/// called from another. Errors: Busy (a lock was not to be had), Cancelled (interrupt(), a token,
/// or the server's own limit), ReadOnly, Corrupt, Unsupported (no client library), InputOutput for
/// the rest, with isBroken() where the session is lost. No message holds the password.
class MysqlConnection final {
public:
    /// Asks for a password (see store/storesecrets.h) where the server wants one. `isCancelled`, if
    /// any, is asked every 20 ms while it connects.
    [[nodiscard]] static Result<std::unique_ptr<MysqlConnection>> open(
        const MysqlOptions& options, const std::function<bool()>& isCancelled = {});
    ~MysqlConnection();
    MysqlConnection(const MysqlConnection&) = delete;
    MysqlConnection& operator=(const MysqlConnection&) = delete;

    /// False ends the reading.
    using Visitor = std::function<bool(const MysqlRow&)>;
    /// Runs one statement, and hands over its rows as they come. The session may be lost where the
    /// visitor ends it long before the last row.
    [[nodiscard]] Result<void> query(std::string_view sql, const Visitor& visitor = {});

    /// Ends the running call from another thread; one between two calls is lost.
    void interrupt();
    /// While a token is set, calls end with Cancelled within 100 ms after it is cancelled. It must
    /// outlive that; null ends it. Returns the one that was watched before.
    const CancelToken* watch(const CancelToken* token);

    [[nodiscard]] bool isBroken() const { return m_isBroken; }
    /// Of the last call that the server refused: 1317; 0 where it did not.
    [[nodiscard]] unsigned errorNumber() const { return m_errorNumber; }
    [[nodiscard]] bool isMariaDb() const { return m_isMariaDb; }
    [[nodiscard]] const QString& userName() const { return m_address.user; }
    [[nodiscard]] StoreServer server() const;

private:
    using Milliseconds = std::chrono::milliseconds;
    class Opening;

    MysqlConnection(const MariaDbLibrary& library, const MysqlOptions& options,
        MysqlAddress address, QByteArray secret, bool usesTls,
        std::unique_ptr<MysqlChannel> channel);
    Result<void> configure(const MysqlOptions& options);
    Result<void> readRows(const Visitor& visitor);
    Result<void> leave();
    Result<void> refused();
    Result<void> settle(int outcome);
    bool finishUntil(std::chrono::steady_clock::time_point end);
    Error stop();
    Error lost(const QString& why);
    void drop();
    void freeResult();

    const MariaDbLibrary& m_library;
    const MysqlAddress m_address; ///< With what the option file knows.
    const QByteArray m_secret;
    const bool m_usesTls;
    const Milliseconds m_answerTimeout;
    std::unique_ptr<MysqlChannel> m_channel;
    st_mysql_res* m_result = nullptr; ///< Of the call under way.
    std::vector<MysqlKind> m_kinds;
    QString m_version;
    unsigned m_errorNumber = 0;
    bool m_isBroken = false;
    bool m_isMariaDb = false;
};

/// Watches a token in a connection as long as it lives.
class MysqlWatch final {
public:
    MysqlWatch(MysqlConnection& connection, const CancelToken& token)
        : m_connection(connection)
        , m_before(connection.watch(&token))
    {
    }
    ~MysqlWatch() { m_connection.watch(m_before); }
    MysqlWatch(const MysqlWatch&) = delete;
    MysqlWatch& operator=(const MysqlWatch&) = delete;

private:
    MysqlConnection& m_connection;
    const CancelToken* m_before;
};

} // namespace eventloupe
