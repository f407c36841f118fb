#pragma once

#include <QString>

#include <memory>

struct sqlite3;

namespace eventloupe {

/// Keeps the locks that SQLite has on a file from being lost.
///
/// Where a process closes any descriptor of a file, the system drops all the locks that the process
/// has on it (POSIX, fcntl(); https://sqlite.org/howtocorrupt.html, 2.2), as a file dialog does
/// that looks into each file of a folder. Another process may then take a log away that is written
/// to here. A descriptor that is held here, and not closed before SQLite has closed the file in
/// all connections of the process, is what they are taken again with.
class SqliteFileLocks final {
public:
    /// Before SQLite opens the file. Any thread.
    explicit SqliteFileLocks(const QString& path);
    /// After SQLite has closed it. Any thread.
    ~SqliteFileLocks();
    SqliteFileLocks(const SqliteFileLocks&) = delete;
    SqliteFileLocks& operator=(const SqliteFileLocks&) = delete;

    /// Takes again what `connection` has by its own account, which changes nothing where nothing
    /// was lost. A microsecond. On the connection's thread.
    void renew(sqlite3* connection) const;

private:
    struct File;
    std::shared_ptr<File> m_file; ///< Null where there is none that can be opened.
};

/// How SQLite locks the file of a connection, by its own account: SQLITE_LOCK_NONE, ...SHARED and
/// so on. In WAL mode SHARED from the first read to the end, else within transactions only.
[[nodiscard]] int sqliteLockState(sqlite3* connection);

} // namespace eventloupe
