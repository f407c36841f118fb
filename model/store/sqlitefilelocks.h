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
/// all connections of the process, is what they are taken again with. Not those on the -shm file,
/// into which nothing here looks.
class SqliteFileLocks final {
public:
    /// Before SQLite opens the file, for writing or only to read. Any thread. Waits for the disk,
    /// and for others that do so here.
    SqliteFileLocks(const QString& path, bool writes);
    /// After SQLite has closed it. Any thread.
    ~SqliteFileLocks();
    SqliteFileLocks(const SqliteFileLocks&) = delete;
    SqliteFileLocks& operator=(const SqliteFileLocks&) = delete;

    /// Takes again what `connection` has by its own account, which changes nothing where nothing
    /// was lost; false where another process has it by now. A call of the system, which is a
    /// microsecond on a local disk. On the connection's thread.
    [[nodiscard]] bool renew(sqlite3* connection) const;

    /// For all connections that the process has to the file: SQLite is not to write the log that
    /// is open into it when they are closed. Any thread.
    void leaveLog();
    [[nodiscard]] bool isLogLeft() const;

private:
    struct File;
    std::shared_ptr<File> m_file; ///< Null where there is none that can be opened.
};

/// How SQLite locks the file of a connection, by its own account: SQLITE_LOCK_NONE, ...SHARED and
/// so on. In WAL mode SHARED from the first read to the end, else within transactions only.
[[nodiscard]] int sqliteLockState(sqlite3* connection);

} // namespace eventloupe
