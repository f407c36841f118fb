#include "store/sqlitestatement.h"

#include "store/sqliteconnection.h"
#include "value/uuid.h"

#include <utility>

#include <sqlite3.h>

namespace eventloupe {

SqliteStatement::SqliteStatement(SqliteConnection& connection, std::vector<sqlite3_stmt*>& home,
    sqlite3_stmt* handle, int prepareResult)
    : m_connection(&connection)
    , m_home(&home)
    , m_handle(handle)
    , m_prepareResult(prepareResult)
{
}

SqliteStatement::SqliteStatement(SqliteStatement&& other) noexcept
    : m_connection(other.m_connection)
    , m_home(other.m_home)
    , m_handle(std::exchange(other.m_handle, nullptr))
    , m_prepareResult(other.m_prepareResult)
{
}

SqliteStatement::~SqliteStatement()
{
    if (!m_handle)
        return;
    sqlite3_reset(m_handle);
    sqlite3_clear_bindings(m_handle);
    m_connection->takeBack(*m_home, m_handle);
}

SqliteStatement& SqliteStatement::bind(int parameter, qint64 value)
{
    sqlite3_bind_int64(m_handle, parameter, value);
    return *this;
}

SqliteStatement& SqliteStatement::bindText(int parameter, std::string_view utf8)
{
    // A null pointer would bind NULL, and an empty view may have one.
    sqlite3_bind_text64(m_handle, parameter, utf8.data() ? utf8.data() : "", utf8.size(),
        SQLITE_STATIC, SQLITE_UTF8);
    return *this;
}

SqliteStatement& SqliteStatement::bindBlob(int parameter, std::string_view bytes)
{
    sqlite3_bind_blob64(
        m_handle, parameter, bytes.data() ? bytes.data() : "", bytes.size(), SQLITE_STATIC);
    return *this;
}

SqliteStatement& SqliteStatement::bindEventId(int parameter, std::string_view id)
{
    const auto packed = packUuid(id);
    if (!packed)
        return bindText(parameter, id);
    sqlite3_bind_blob64(m_handle, parameter, packed->data(), packed->size(), SQLITE_TRANSIENT);
    return *this;
}

Result<bool> SqliteStatement::step()
{
    const int result = m_handle ? sqlite3_step(m_handle) : m_prepareResult;
    if (m_connection->isOutdated() || !m_handle)
        return m_connection->error(result);
    if (result == SQLITE_ROW)
        return true;
    if (result == SQLITE_DONE)
        return false;
    return m_connection->error(result);
}

Result<void> SqliteStatement::run()
{
    const Result<bool> stepped = step();
    reset();
    if (!stepped)
        return stepped.error();
    return {};
}

Result<qint64> SqliteStatement::number(qint64 otherwise)
{
    const Result<bool> stepped = step();
    if (!stepped)
        return stepped.error();
    const qint64 value = *stepped ? integer(0) : otherwise;
    reset();
    return value;
}

void SqliteStatement::reset()
{
    if (m_handle)
        sqlite3_reset(m_handle);
}

qint64 SqliteStatement::integer(int column) const
{
    return sqlite3_column_int64(m_handle, column);
}

std::string_view SqliteStatement::text(int column) const
{
    const auto* bytes = sqlite3_column_text(m_handle, column);
    if (!bytes)
        return {};
    return { reinterpret_cast<const char*>(bytes),
        static_cast<std::size_t>(sqlite3_column_bytes(m_handle, column)) };
}

std::string_view SqliteStatement::blob(int column) const
{
    const void* bytes = sqlite3_column_blob(m_handle, column);
    if (!bytes)
        return {};
    return { static_cast<const char*>(bytes),
        static_cast<std::size_t>(sqlite3_column_bytes(m_handle, column)) };
}

bool SqliteStatement::isNull(int column) const
{
    return sqlite3_column_type(m_handle, column) == SQLITE_NULL;
}

bool SqliteStatement::isText(int column) const
{
    return sqlite3_column_type(m_handle, column) == SQLITE_TEXT;
}

std::string_view SqliteStatement::eventId(int column, QByteArray& buffer) const
{
    if (sqlite3_column_type(m_handle, column) != SQLITE_BLOB)
        return text(column);
    const std::string_view bytes = blob(column);
    if (bytes.size() != 16)
        return {};
    buffer.resize(static_cast<qsizetype>(uuidLength));
    unpackUuid(reinterpret_cast<const unsigned char*>(bytes.data()), buffer.data());
    return { buffer.constData(), static_cast<std::size_t>(buffer.size()) };
}

} // namespace eventloupe
