#include "foreign/sqliteguard.h"

#include "foreign/foreigntext.h"
#include "store/sqliteconnection.h"
#include "store/sqliteerror.h"
#include "store/sqliteheader.h"

#include <algorithm>
#include <array>
#include <span>

#include <sqlite3.h>

namespace eventloupe {

namespace {

constexpr int mostBytesOfAValue = 512 * 1024 * 1024;

bool isOneOf(const char* name, std::span<const char* const> names)
{
    return name != nullptr && std::ranges::any_of(names, [name](const char* each) {
        return sqlite3_stricmp(name, each) == 0;
    });
}

/// Reading tables is allowed, and what our own texts call. A column that is read on behalf of a
/// view or trigger comes with its name.
int authorize(void*, int action, const char* first, const char* second, const char*, const char* by)
{
    static constexpr std::array functions { "count", "min", "max", "substr", "length", "coalesce" };
    static constexpr std::array pragmas { "data_version", "table_xinfo", "index_list",
        "index_xinfo", "table_list" };
    switch (action) {
    case SQLITE_SELECT:
        return SQLITE_OK;
    case SQLITE_READ:
        return by == nullptr ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_FUNCTION:
        return isOneOf(second, functions) ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_PRAGMA:
        return isOneOf(first, pragmas) ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

} // namespace

void guardConnection(sqlite3* handle)
{
    for (const int off :
        { SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL, SQLITE_DBCONFIG_TRUSTED_SCHEMA,
            SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, SQLITE_DBCONFIG_ENABLE_TRIGGER,
            SQLITE_DBCONFIG_ENABLE_VIEW, SQLITE_DBCONFIG_WRITABLE_SCHEMA })
        sqlite3_db_config(handle, off, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, mostBytesOfAValue);
    sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, 1'000'000);
    sqlite3_limit(handle, SQLITE_LIMIT_EXPR_DEPTH, 100);
    sqlite3_limit(handle, SQLITE_LIMIT_COMPOUND_SELECT, 500);
    sqlite3_limit(handle, SQLITE_LIMIT_VDBE_OP, 250'000);
    sqlite3_limit(handle, SQLITE_LIMIT_FUNCTION_ARG, 16);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(handle, SQLITE_LIMIT_TRIGGER_DEPTH, 1);
    sqlite3_limit(handle, SQLITE_LIMIT_WORKER_THREADS, 0);
    sqlite3_exec(handle,
        "PRAGMA query_only=1; PRAGMA cell_size_check=1; PRAGMA mmap_size=0;"
        "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384;",
        nullptr, nullptr, nullptr);
    sqlite3_set_authorizer(handle, &authorize, nullptr);
}

Error foreignSqliteError(sqlite3* handle, int resultCode, const QString& path)
{
    if (resultCode == SQLITE_READONLY_ROLLBACK)
        return { ErrorCode::Busy,
            ForeignText::tr(
                "%1: its last writer was cut off in the middle, and left a -journal file "
                "that has to be rolled back first. Open it once with its own program, or "
                "open a copy.")
                .arg(path) };
    Error error = sqliteError(handle, resultCode, path);
    const QString detail = QString::fromUtf8(
        handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(resultCode));
    if (error.code == ErrorCode::NotOurs)
        error.message
            = ForeignText::tr("%1 is no SQLite database, or is encrypted (%2).").arg(path, detail);
    else if (error.code == ErrorCode::Corrupt)
        error.message = ForeignText::tr(
            "%1: the file is damaged; what lies before the damage can be read (%2).")
                            .arg(path, detail);
    else if ((resultCode & 0xff) == SQLITE_AUTH || detail.endsWith(QStringLiteral("prohibited")))
        error = { ErrorCode::Unsupported,
            ForeignText::tr("%1: a view, a trigger or a function would have to run to read this; "
                            "only plain tables are read (%2).")
                .arg(path, detail) };
    else if ((resultCode & 0xff) == SQLITE_ERROR)
        error = { ErrorCode::Corrupt,
            ForeignText::tr("%1: its tables are not those that were there before (%2).")
                .arg(path, detail) };
    return error;
}

bool mayPass(sqlite3* handle)
{
    const int code = sqlite3_extended_errcode(handle);
    return (code & 0xff) == SQLITE_CANTOPEN || code == SQLITE_READONLY_CANTINIT
        || code == SQLITE_READONLY_CANTLOCK || code == SQLITE_READONLY_RECOVERY
        || (code & 0xff) == SQLITE_SCHEMA || (code & 0xff) == SQLITE_PROTOCOL;
}

Result<bool> isWalDatabase(const QString& path)
{
    const auto header = SqliteHeader::read(path);
    if (!header)
        return header.error();
    if (!header->isDatabase())
        return Error { ErrorCode::NotOurs,
            ForeignText::tr("%1 is no SQLite database, or is encrypted.").arg(path) };
    return header->isInWalMode();
}

} // namespace eventloupe
