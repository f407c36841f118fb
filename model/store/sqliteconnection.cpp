#include "store/sqliteconnection.h"

#include "store/fileidentity.h"
#include "store/sqliteerror.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <chrono>
#include <thread>
#include <utility>

#include <sqlite3.h>

namespace eventloupe {

namespace {

// A writer holds the lock for some milliseconds, a bulk load for long: short steps first.
constexpr int shortSteps = 20;
constexpr auto shortStep = std::chrono::milliseconds(1);
constexpr auto longStep = std::chrono::milliseconds(10);
constexpr auto busyLimit = std::chrono::seconds(5);

int flagsOf(SqliteConnection::Access access)
{
    const bool writes = access == SqliteConnection::Access::ReadWrite
        || access == SqliteConnection::Access::QueryOnly;
    return (writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOMUTEX
        | SQLITE_OPEN_EXRESCODE;
}

bool isWithoutLocks(SqliteConnection::Access access)
{
    return access == SqliteConnection::Access::Immutable
        || access == SqliteConnection::Access::FileAlone;
}

/// A URI is used only where a parameter is needed. Absolute, since SQLite takes names such as
/// "file:x" and ":memory:" for something else.
QByteArray nameOf(const QString& path, SqliteConnection::Access access)
{
    return isWithoutLocks(access) ? immutableUri(path)
                                  : QFileInfo(path).absoluteFilePath().toUtf8();
}

} // namespace

SqliteConnection::SqliteConnection(
    sqlite3* handle, QString location, std::unique_ptr<SqliteFileLocks> locks)
    : m_files(handle, std::move(locks))
    , m_handle(handle)
    , m_location(std::move(location))
{
}

SqliteConnection::~SqliteConnection()
{
    finalizeIdle();
    m_files.prepareClose();
    sqlite3_close_v2(m_handle);
}

void SqliteConnection::finalizeIdle()
{
    for (auto& [sql, statements] : m_idle) {
        for (sqlite3_stmt* statement : statements)
            sqlite3_finalize(statement);
        // The list stays: a statement's way back leads to it.
        statements.clear();
    }
}

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(
    const QString& path, Access access, Extent extent)
{
    sqlite3* handle = nullptr;
    auto locks = isWithoutLocks(access) ? nullptr : std::make_unique<SqliteFileLocks>(
            path, access != Access::ReadOnly);
    const int uri = isWithoutLocks(access) ? SQLITE_OPEN_URI : 0;
    const int result = sqlite3_open_v2(
        nameOf(path, access).constData(), &handle, flagsOf(access) | uri, nullptr);
    if (result != SQLITE_OK) {
        const Error error = sqliteError(handle, result, path);
        sqlite3_close_v2(handle);
        return error;
    }
    std::unique_ptr<SqliteConnection> connection(
        new SqliteConnection(handle, path, std::move(locks)));
    connection->m_isAlone = access == Access::FileAlone;
    // Before the first page is read.
    if (access == Access::Immutable)
        connection->m_guard.emplace(QFileInfo(path).absoluteFilePath());
    if (const auto configured = connection->configure(access, extent); !configured) {
        if (configured.error().code == ErrorCode::Corrupt)
            connection->m_files.leaveLog();
        return configured.error();
    }
    return connection;
}

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::openInMemory()
{
    sqlite3* handle = nullptr;
    const int result = sqlite3_open_v2(":memory:", &handle,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
        nullptr);
    if (result != SQLITE_OK) {
        const Error error = sqliteError(handle, result, QStringLiteral(":memory:"));
        sqlite3_close_v2(handle);
        return error;
    }
    return std::unique_ptr<SqliteConnection>(
        new SqliteConnection(handle, QStringLiteral(":memory:")));
}

Result<void> SqliteConnection::configure(Access access, Extent extent)
{
    sqlite3_busy_handler(m_handle, &SqliteConnection::whenBusy, this);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    // SQLite looks at the size only while schemas cannot be written (lockBtree() in btree.c).
    const bool isCut = extent == Extent::Cut;
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_DEFENSIVE, isCut ? 0 : 1, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_WRITABLE_SCHEMA, isCut ? 1 : 0, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    // No memory map: a file that is cut short by another program would end this one by SIGBUS, and
    // it gains little: a page of 50 rows takes 15 us either way, a seek 3.7 us instead of 4.8.
    const auto safe = execute("PRAGMA cell_size_check=1; PRAGMA mmap_size=0;"
                              "PRAGMA temp_store=DEFAULT; PRAGMA cache_size=-16384;");
    if (!safe)
        return safe;
    switch (access) {
    case Access::ReadWrite:
        // As FULL in WAL mode; beside a rollback journal it also makes the journal's removal
        // durable, which is what commits a bulk load.
        return execute("PRAGMA synchronous=EXTRA; PRAGMA journal_size_limit=67108864;");
    case Access::QueryOnly:
        return execute("PRAGMA query_only=1;");
    default:
        return {};
    }
}

int SqliteConnection::whenBusy(void* self, int attempt)
{
    auto& connection = *static_cast<SqliteConnection*>(self);
    const auto now = std::chrono::steady_clock::now();
    if (attempt == 0) {
        connection.m_interrupted.store(false);
        connection.m_busySince = now;
    }
    const bool isCancelled = connection.m_watched && connection.m_watched->isCancelled();
    if (connection.m_interrupted.load() || isCancelled || now - connection.m_busySince > busyLimit)
        return 0;
    std::this_thread::sleep_for(attempt < shortSteps ? shortStep : longStep);
    return 1;
}

Result<void> SqliteConnection::execute(const char* sql)
{
    const int result = sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr);
    if (isOutdated() || result != SQLITE_OK)
        return error(result);
    return {};
}

bool SqliteConnection::isOutdated()
{
    if (m_guard && !m_isOutdated)
        m_isOutdated = !m_guard->holds();
    return m_isOutdated;
}

void SqliteConnection::refresh()
{
    if (!isOutdated() || m_inUse > 0 || isInTransaction() || !m_reopen)
        return;
    const auto opened = m_reopen();
    if (!opened) {
        m_reopenFailure = opened.error();
        return;
    }
    takeOver(**opened);
    ++m_reopenings;
}

void SqliteConnection::takeOver(SqliteConnection& other)
{
    finalizeIdle();
    other.finalizeIdle();
    const std::scoped_lock lock(m_handleMutex);
    std::swap(m_handle, other.m_handle);
    std::swap(m_files, other.m_files);
    m_guard = other.m_guard;
    m_isOutdated = other.m_isOutdated;
    m_reopenFailure.reset();
    sqlite3_busy_handler(m_handle, &SqliteConnection::whenBusy, this);
    watch(m_watched, m_look);
}

void SqliteConnection::takeBack(std::vector<sqlite3_stmt*>& home, sqlite3_stmt* statement)
{
    --m_inUse;
    home.push_back(statement);
}

SqliteStatement SqliteConnection::prepare(std::string_view sql)
{
    refresh();
    m_files.keepLocks();
    auto home = m_idle.find(sql);
    if (home == m_idle.end())
        home = m_idle.emplace(std::string(sql), std::vector<sqlite3_stmt*>()).first;
    auto& idle = home->second;
    if (!idle.empty()) {
        sqlite3_stmt* handle = idle.back();
        idle.pop_back();
        ++m_inUse;
        return { *this, idle, handle, SQLITE_OK };
    }
    sqlite3_stmt* handle = nullptr;
    const int result = sqlite3_prepare_v3(m_handle, sql.data(), static_cast<int>(sql.size()),
        SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
    m_inUse += handle == nullptr ? 0 : 1;
    return { *this, idle, handle, result };
}

QString SqliteConnection::fileName() const
{
    return QString::fromUtf8(sqlite3_db_filename(m_handle, "main"));
}

void SqliteConnection::forgetPages()
{
    sqlite3_db_release_memory(m_handle);
}

bool SqliteConnection::isInTransaction() const
{
    return sqlite3_get_autocommit(m_handle) == 0;
}

Error SqliteConnection::error(int resultCode) const
{
    // Whatever SQLite made of pages of two times.
    if (m_isOutdated || m_isAlone)
        return m_reopenFailure.value_or(Error { ErrorCode::Busy,
            QCoreApplication::translate("SqliteStore",
                "%1 was written to while it was read, and its folder cannot be written, so that it "
                "cannot be locked. Try again when the other program is done, or copy the file.")
                .arg(m_location) });
    const bool isEnded = m_interrupted.load() || (m_watched && m_watched->isCancelled());
    if ((resultCode & 0xff) == SQLITE_BUSY && isEnded)
        return sqliteError(m_handle, SQLITE_INTERRUPT, m_location);
    return sqliteError(m_handle, resultCode, m_location);
}

int SqliteConnection::extendedCode() const
{
    return sqlite3_extended_errcode(m_handle);
}

int SqliteConnection::lookUp(void* self)
{
    auto& connection = *static_cast<SqliteConnection*>(self);
    connection.m_files.keepLocks();
    if (connection.m_look)
        (*connection.m_look)();
    return connection.m_watched->isCancelled() ? 1 : 0;
}

const CancelToken* SqliteConnection::watch(const CancelToken* token, const Look* look)
{
    const CancelToken* const before = std::exchange(m_watched, token);
    m_look = look;
    if (token)
        sqlite3_progress_handler(m_handle, stepsBetweenLooks, &lookUp, this);
    else
        sqlite3_progress_handler(m_handle, 0, nullptr, nullptr);
    return before;
}

void SqliteConnection::interrupt()
{
    m_interrupted.store(true);
    const std::scoped_lock lock(m_handleMutex);
    sqlite3_interrupt(m_handle);
}

} // namespace eventloupe
