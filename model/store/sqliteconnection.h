#pragma once

#include "store/sqliteconnectionfiles.h"
#include "store/sqlitestatement.h"
#include "value/byteshash.h"
#include "value/canceltoken.h"
#include "value/result.h"

#include <QString>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

struct sqlite3;

namespace eventloupe {

/// A connection to one SQLite file through SQLite's C interface, set up so that a hostile or
/// damaged file does as little harm as SQLite knows to prevent, and that a commit is durable.
///
/// Belongs to the thread that opened it; only interrupt() may be called from another.
class SqliteConnection final {
public:
    enum class Access {
        ReadWrite,
        /// Cannot change the content. Opened for writing below, so that the -wal and -shm files
        /// that reading makes go away with the last connection.
        QueryOnly,
        ReadOnly, ///< Reads beside a writer; needs the writer's -shm file, or makes it.
        /// No locks, no files beside it. Where the file changes all the same, nothing that was read
        /// since is given out: statements end with Busy, see reopenBy().
        Immutable,
        /// As Immutable, but nobody looks whether it changes: what the file holds by itself, without
        /// what its -wal file holds, and perhaps of several times. So all that fails is Busy.
        FileAlone,
    };

    enum class Extent {
        Whole,
        /// The file is shorter than its header says, which SQLite refuses as a whole: here only the
        /// pages behind its end are damaged. Not for a connection that writes.
        Cut,
    };

    /// Opens an existing file; never makes one.
    static Result<std::unique_ptr<SqliteConnection>> open(
        const QString& path, Access access, Extent extent = Extent::Whole);
    /// A database in memory.
    static Result<std::unique_ptr<SqliteConnection>> openInMemory();
    ~SqliteConnection();
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    [[nodiscard]] const QString& location() const { return m_location; }
    /// The file that is open, by the name that SQLite found behind all links when it opened it.
    [[nodiscard]] QString fileName() const;

    /// How to open the file anew where it changed under an immutable connection: done by the next
    /// prepare() outside transactions, when no statement is in use. Without it, and where it fails,
    /// all that follows ends with Busy, or with what it failed with.
    using Reopen = std::function<Result<std::unique_ptr<SqliteConnection>>()>;
    void reopenBy(Reopen reopen) { m_reopen = std::move(reopen); }
    /// How often it was opened anew: what a reader knows of changes of before is of no use then.
    [[nodiscard]] qint64 reopenings() const { return m_reopenings; }

    /// Runs one or several statements that give no rows.
    Result<void> execute(const char* sql);
    /// A statement, prepared once a connection.
    SqliteStatement prepare(std::string_view sql);

    /// What becomes of the files that are open. prepare() keeps their locks, and so does who works
    /// long on a statement.
    [[nodiscard]] SqliteConnectionFiles& files() { return m_files; }
    [[nodiscard]] const SqliteConnectionFiles& files() const { return m_files; }
    /// SQLite keeps pages as long as its log does not tell of a change; a file that is copied over
    /// in its place is none to it. Outside of transactions.
    void forgetPages();

    /// Whether a transaction is open.
    [[nodiscard]] bool isInTransaction() const;
    /// The Error of a result code of this connection's last call.
    [[nodiscard]] Error error(int resultCode) const;
    /// The extended result code of the last failed call (SQLITE_CONSTRAINT_UNIQUE, ...).
    [[nodiscard]] int extendedCode() const;

    /// Called while a statement runs, about every 50 us of its work.
    using Look = std::function<void()>;
    /// How many of SQLite's machine steps pass between two looks.
    static constexpr int stepsBetweenLooks = 2000;
    /// While `token` is set, statements end with Cancelled soon after it is cancelled, and `look`,
    /// if any, is called. Both must outlive that; null ends it. Returns the token that was watched
    /// before.
    const CancelToken* watch(const CancelToken* token, const Look* look = nullptr);
    /// Ends the statement that runs on the connection's thread. Any thread.
    void interrupt();

private:
    friend class SqlitePageCopy;
    friend class SqliteStatement;

    SqliteConnection(
        sqlite3* handle, QString location, std::unique_ptr<SqliteFileLocks> locks = nullptr);
    Result<void> configure(Access access, Extent extent);
    /// Whether the file is another one than an immutable connection may rely on.
    [[nodiscard]] bool isOutdated();
    void refresh();
    void takeOver(SqliteConnection& other);
    void finalizeIdle();
    /// At the end of a statement's use.
    void takeBack(std::vector<sqlite3_stmt*>& home, sqlite3_stmt* statement);
    static int whenBusy(void* self, int attempt);
    static int lookUp(void* self);

    SqliteConnectionFiles m_files; ///< Until SQLite has closed them.
    sqlite3* m_handle;
    std::mutex m_handleMutex; ///< While another one takes its place, or interrupt() uses it.
    QString m_location;
    std::optional<SqliteFileGuard> m_guard; ///< Where it is immutable.
    bool m_isOutdated = false;
    bool m_isAlone = false; ///< Access::FileAlone.
    std::optional<Error> m_reopenFailure;
    Reopen m_reopen;
    qint64 m_reopenings = 0;
    int m_inUse = 0; ///< Statements.
    std::unordered_map<std::string, std::vector<sqlite3_stmt*>, BytesHash, std::equal_to<>> m_idle;
    const CancelToken* m_watched = nullptr;
    const Look* m_look = nullptr;
    std::atomic<bool> m_interrupted { false };
    std::chrono::steady_clock::time_point m_busySince;
};

/// Watches a token as long as it lives; see SqliteConnection::watch().
class SqliteWatch final {
public:
    SqliteWatch(
        SqliteConnection& connection, const CancelToken& token, SqliteConnection::Look look = {})
        : m_connection(connection)
        , m_look(std::move(look))
        , m_before(connection.watch(&token, m_look ? &m_look : nullptr))
    {
    }
    ~SqliteWatch() { m_connection.watch(m_before); }
    SqliteWatch(const SqliteWatch&) = delete;
    SqliteWatch& operator=(const SqliteWatch&) = delete;

private:
    SqliteConnection& m_connection;
    SqliteConnection::Look m_look;
    const CancelToken* m_before;
};

} // namespace eventloupe
