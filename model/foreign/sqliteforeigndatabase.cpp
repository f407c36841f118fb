#include "foreign/sqliteforeigndatabase.h"

#include "foreign/foreigntext.h"
#include "foreign/readonlyvfs.h"
#include "foreign/sqliteguard.h"
#include "store/fileidentity.h"
#include "store/sqlitemissingbytes.h"

#include <QFileInfo>
#include <QUrl>

#include <thread>

#include <sqlite3.h>

namespace eventloupe {

namespace {

constexpr std::size_t mostPageBytes = std::size_t(8) * 1024 * 1024;
constexpr std::size_t mostStatements = 256;
constexpr int mostTries = 20;
constexpr auto pauseBetweenTries = std::chrono::milliseconds(5);
constexpr auto busyLimit = std::chrono::seconds(5);
constexpr int stepsBetweenLooks = 2000;

/// Absolute, since SQLite takes names such as ":memory:" for something else.
QByteArray uriOf(const QString& path, bool isImmutable)
{
    return QByteArrayLiteral("file:")
        + QUrl::toPercentEncoding(QFileInfo(path).absoluteFilePath(), QByteArrayLiteral("/"))
        + (isImmutable ? QByteArrayLiteral("?immutable=1") : QByteArrayLiteral("?readonly_shm=1"));
}

void bindAll(sqlite3_stmt* statement, std::span<const ForeignValue> parameters)
{
    int at = 0;
    for (const ForeignValue& value : parameters) {
        ++at;
        if (const auto* number = std::get_if<qint64>(&value))
            sqlite3_bind_int64(statement, at, *number);
        else if (const auto* real = std::get_if<double>(&value))
            sqlite3_bind_double(statement, at, *real);
        else if (const auto* text = std::get_if<QByteArray>(&value))
            sqlite3_bind_text64(statement, at, text->constData(),
                static_cast<sqlite3_uint64>(text->size()), SQLITE_STATIC, SQLITE_UTF8);
        else if (const auto* blob = std::get_if<ForeignBlob>(&value))
            sqlite3_bind_blob64(statement, at, blob->bytes.constData(),
                static_cast<sqlite3_uint64>(blob->bytes.size()), SQLITE_STATIC);
        else
            sqlite3_bind_null(statement, at);
    }
}

void copyRow(sqlite3_stmt* statement, int columns, RowPage& page)
{
    for (int column = 0; column < columns; ++column) {
        const int type = sqlite3_column_type(statement, column);
        if (type == SQLITE_INTEGER) {
            page.addInteger(sqlite3_column_int64(statement, column));
        } else if (type == SQLITE_FLOAT) {
            page.addReal(sqlite3_column_double(statement, column));
        } else if (type == SQLITE_TEXT || type == SQLITE_BLOB) {
            const auto* const bytes = static_cast<const char*>(type == SQLITE_TEXT
                    ? static_cast<const void*>(sqlite3_column_text(statement, column))
                    : sqlite3_column_blob(statement, column));
            const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
            page.addBytes(type == SQLITE_TEXT ? RowPage::Kind::Text : RowPage::Kind::Blob,
                bytes != nullptr ? std::string_view(bytes, size) : std::string_view());
        } else {
            page.addNull();
        }
    }
}

} // namespace

SqliteForeignDatabase::SqliteForeignDatabase(QString path)
    : m_path(std::move(path))
{
}

SqliteForeignDatabase::~SqliteForeignDatabase()
{
    disconnect();
}

Result<std::unique_ptr<ForeignDatabase>> SqliteForeignDatabase::open(const QString& path)
{
    if (!QFileInfo::exists(path))
        return Error { ErrorCode::NotFound,
            ForeignText::tr("%1: there is no such file.").arg(path) };
    std::unique_ptr<SqliteForeignDatabase> database(new SqliteForeignDatabase(path));
    if (const auto connected = database->connect(); !connected)
        return connected.error();
    database->m_seen = { database->m_connects, 0 };
    if (const auto counted = database->hasChanged(); !counted)
        return counted.error();
    return std::unique_ptr<ForeignDatabase>(std::move(database));
}

void SqliteForeignDatabase::forgetStatements()
{
    for (const auto& [sql, statement] : m_statements)
        sqlite3_finalize(statement);
    m_statements.clear();
}

void SqliteForeignDatabase::disconnect()
{
    forgetStatements();
    const std::scoped_lock lock(m_handleMutex);
    sqlite3_close_v2(m_handle);
    m_handle = nullptr;
}

/// SQLite reads zeros where a part of the last page is gone; of more it tells by itself. A writer
/// without a journal may be seen between the header and the rest.
Result<void> SqliteForeignDatabase::checkLength() const
{
    constexpr auto patience = std::chrono::milliseconds(50);
    if (missingPartOfPage(m_path) == 0)
        return {};
    std::this_thread::sleep_for(patience);
    const qint64 missing = missingPartOfPage(m_path);
    if (missing == 0)
        return {};
    return Error { ErrorCode::Corrupt,
        ForeignText::tr("%1 was cut short: %2 bytes are missing at its end. Restore it from a copy.")
            .arg(m_path)
            .arg(missing) };
}

Result<void> SqliteForeignDatabase::connect()
{
    disconnect();
    SqliteFileState state = sqliteFileStateOf(m_path);
    if (m_state.database.identity.isKnown()
        && state.database.identity != m_state.database.identity)
        return replacedError(m_path);
    m_state = state;
    const auto isWal = isWalDatabase(m_path);
    if (!isWal)
        return isWal.error();
    if (const auto whole = checkLength(); !whole)
        return whole;
    // A live writer has both a log and its index; a log that is empty holds nothing.
    const bool isImmutable
        = *isWal && (!m_state.log.isThere || (!m_state.hasLog() && !m_state.hasIndex));
    m_isGuarded = *isWal && (isImmutable || !m_state.hasIndex);
    if (m_isGuarded) {
        // Only now, since it may take a moment. What changed meanwhile makes it stale.
        state = quietSqliteFileStateOf(m_path);
        if (state.hasIndex == m_state.hasIndex && state.log == m_state.log
            && state.database.identity == m_state.database.identity)
            m_state = state;
    }
    sqlite3* handle = nullptr;
    const int result = sqlite3_open_v2(uriOf(m_path, isImmutable), &handle,
        SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_URI,
        readOnlyVfs());
    {
        const std::scoped_lock lock(m_handleMutex);
        m_handle = handle;
    }
    if (result != SQLITE_OK) {
        const Error failure = error(result);
        disconnect();
        return failure;
    }
    m_open.emplace(
        m_state.database.identity, QString::fromUtf8(sqlite3_db_filename(m_handle, "main")));
    ++m_connects;
    sqlite3_busy_handler(m_handle, &SqliteForeignDatabase::whenBusy, this);
    sqlite3_progress_handler(m_handle, stepsBetweenLooks, &SqliteForeignDatabase::lookUp, this);
    guardConnection(m_handle);
    return {};
}

Error SqliteForeignDatabase::error(int resultCode) const
{
    const bool isEnded = m_isInterrupted.load() || (m_watched && m_watched->isCancelled());
    if (isEnded && ((resultCode & 0xff) == SQLITE_BUSY || (resultCode & 0xff) == SQLITE_INTERRUPT))
        return { ErrorCode::Cancelled, ForeignText::tr("cancelled") };
    return foreignSqliteError(m_handle, resultCode, m_path);
}

bool SqliteForeignDatabase::isStale() const
{
    return m_isGuarded && sqliteFileStateOf(m_path) != m_state;
}

int SqliteForeignDatabase::lookUp(void* self)
{
    const auto& database = *static_cast<const SqliteForeignDatabase*>(self);
    return database.m_watched != nullptr && database.m_watched->isCancelled() ? 1 : 0;
}

int SqliteForeignDatabase::whenBusy(void* self, int attempt)
{
    auto& database = *static_cast<SqliteForeignDatabase*>(self);
    const auto now = std::chrono::steady_clock::now();
    if (attempt == 0)
        database.m_busySince = now;
    if (database.m_isInterrupted.load() || lookUp(self) != 0
        || now - database.m_busySince > busyLimit)
        return 0;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return 1;
}

const CancelToken* SqliteForeignDatabase::watch(const CancelToken* token)
{
    return std::exchange(m_watched, token);
}

void SqliteForeignDatabase::interrupt()
{
    m_isInterrupted.store(true);
    const std::scoped_lock lock(m_handleMutex);
    if (m_handle != nullptr)
        sqlite3_interrupt(m_handle);
}

Result<sqlite3_stmt*> SqliteForeignDatabase::prepared(std::string_view sql)
{
    const auto known = m_statements.find(sql);
    if (known != m_statements.end())
        return known->second;
    // None is under way here, and a catalog of very many tables asks each text once.
    if (m_statements.size() >= mostStatements)
        forgetStatements();
    sqlite3_stmt* statement = nullptr;
    const char* tail = nullptr;
    const int result = sqlite3_prepare_v3(m_handle, sql.data(), static_cast<int>(sql.size()),
        SQLITE_PREPARE_PERSISTENT, &statement, &tail);
    if (result != SQLITE_OK)
        return error(result);
    m_statements.emplace(std::string(sql), statement);
    return statement;
}

Result<void> SqliteForeignDatabase::readOnce(
    std::string_view sql, std::span<const ForeignValue> parameters, RowPage& page)
{
    const auto statement = prepared(sql);
    if (!statement)
        return statement.error();
    bindAll(*statement, parameters);
    const int columns = sqlite3_column_count(*statement);
    page.begin(columns);
    int result = sqlite3_step(*statement);
    for (; result == SQLITE_ROW; result = sqlite3_step(*statement)) {
        copyRow(*statement, columns, page);
        if (page.size() > mostPageBytes) {
            page.setCut();
            break;
        }
    }
    Result<void> read;
    if (result != SQLITE_DONE && result != SQLITE_ROW)
        read = error(result);
    // Ends the read transaction, so that no writer waits for what is done with the rows.
    sqlite3_reset(*statement);
    sqlite3_clear_bindings(*statement);
    return read;
}

Result<void> SqliteForeignDatabase::select(
    std::string_view sql, std::span<const ForeignValue> parameters, RowPage& page)
{
    m_isInterrupted.store(false);
    Result<void> read;
    for (int attempt = 0; attempt < mostTries; ++attempt) {
        if (attempt > 0)
            std::this_thread::sleep_for(pauseBetweenTries);
        if (m_handle == nullptr || isStale()) {
            if (read = connect(); !read)
                continue;
        }
        if (read = readOnce(sql, parameters, page); read && !isStale())
            return read;
        if (!read && !isStale() && !mayPass(m_handle))
            return read;
        if (m_isInterrupted.load() || lookUp(this) != 0)
            return Error { ErrorCode::Cancelled, ForeignText::tr("cancelled") };
        // Opened anew, in the way that fits what is there now.
        disconnect();
    }
    if (!read)
        return read;
    return Error { ErrorCode::Busy,
        ForeignText::tr("%1: it changes faster than it can be read; try again.").arg(m_path) };
}

Result<bool> SqliteForeignDatabase::hasChanged()
{
    if (isReplaced(m_path, m_state.database.identity))
        return replacedError(m_path);
    RowPage page;
    if (const auto read = select("PRAGMA data_version", {}, page); !read)
        return read.error();
    const std::pair now(m_connects, page.rows() > 0 ? page.integer(0, 0) : 0);
    return std::exchange(m_seen, now) != now;
}

} // namespace eventloupe
