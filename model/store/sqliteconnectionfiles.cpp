#include "store/sqliteconnectionfiles.h"

#include "store/fileidentity.h"

#include <QFile>

#include <utility>

#include <sqlite3.h>

namespace eventloupe {

SqliteConnectionFiles::SqliteConnectionFiles(
    sqlite3* connection, std::unique_ptr<SqliteFileLocks> locks)
    : m_connection(connection)
    , m_locks(std::move(locks))
{
}

QByteArray SqliteConnectionFiles::path() const
{
    return { sqlite3_db_filename(m_connection, "main") };
}

bool SqliteConnectionFiles::isInTransaction() const
{
    return sqlite3_get_autocommit(m_connection) == 0;
}

bool SqliteConnectionFiles::hasMoved() const
{
    int moved = 0;
    const int result
        = sqlite3_file_control(m_connection, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    return result == SQLITE_OK && moved != 0;
}

bool SqliteConnectionFiles::renewLocks()
{
    if (!m_locks)
        return true;
    m_renewed = std::chrono::steady_clock::now();
    // After a load into an empty store the log comes with the next read.
    if (!hasLog())
        noteLog();
    return m_locks->renew(m_connection);
}

void SqliteConnectionFiles::keepLocks()
{
    constexpr auto longest = std::chrono::milliseconds(50);
    if (m_locks && std::chrono::steady_clock::now() - m_renewed > longest)
        (void)renewLocks();
}

void SqliteConnectionFiles::noteLog()
{
    const bool isInWalMode
        = m_locks && !isInTransaction() && sqliteLockState(m_connection) != SQLITE_LOCK_NONE;
    const auto noted = [isInWalMode](const QByteArray& path) {
        return Noted { path, isInWalMode ? stampOf(path).identity : FileIdentity() };
    };
    m_log = noted(path() + "-wal");
    m_index = noted(path() + "-shm");
}

/// At one look: eventloupe::hasMoved() takes two where the file is there.
bool SqliteConnectionFiles::isLost(const Noted& file)
{
    if (!file.identity.isKnown())
        return false;
    const FileIdentity now = stampOf(file.path).identity;
    // A disk that does not answer just now has lost nothing.
    return now.isKnown() ? now != file.identity
                         : eventloupe::hasMoved(QFile::decodeName(file.path), file.identity);
}

/// Whether another file has the name.
bool SqliteConnectionFiles::isAnothers(const Noted& file)
{
    const FileIdentity now = stampOf(file.path).identity;
    return file.identity.isKnown() && now.isKnown() && now != file.identity;
}

bool SqliteConnectionFiles::hasLostLog() const
{
    return isLost(m_log) || isLost(m_index);
}

void SqliteConnectionFiles::leaveLog()
{
    if (m_locks)
        m_locks->leaveLog();
    sqlite3_wal_autocheckpoint(m_connection, 0);
}

void SqliteConnectionFiles::leaveLogAtClose() const
{
    sqlite3_db_config(m_connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

bool SqliteConnectionFiles::isLogLeft() const
{
    return m_locks && m_locks->isLogLeft();
}

/// Else SQLite would write what its log holds over what others wrote since, and remove the log that
/// has its name now, which is theirs. Where none has, nothing but this holds the events.
void SqliteConnectionFiles::prepareClose() const
{
    if (isLogLeft() || isAnothers(m_log) || isAnothers(m_index))
        leaveLogAtClose();
}

} // namespace eventloupe
