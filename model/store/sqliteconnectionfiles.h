#pragma once

#include "store/sqlitefileguard.h"
#include "store/sqlitefilelocks.h"

#include <QByteArray>

#include <chrono>
#include <memory>

struct sqlite3;

namespace eventloupe {

/// The files that a connection of SQLite has open, and what others do with them meanwhile, which
/// SQLite does not look at: the database, and in WAL mode its log and the log's index (-wal, -shm).
/// Each look goes to the disk, for some microseconds. Thread: the connection's.
class SqliteConnectionFiles final {
public:
    /// `locks` are those of the file that `connection` has open; null where SQLite takes none.
    SqliteConnectionFiles(sqlite3* connection, std::unique_ptr<SqliteFileLocks> locks);

    /// Whether the file has another name by now, or none; its path may stand for another file.
    [[nodiscard]] bool hasMoved() const;
    /// Takes the locks again that another part of the process may have lost, see SqliteFileLocks;
    /// false where another process has them by now.
    bool renewLocks();
    /// The same where it was some time ago.
    void keepLocks();

    /// Takes note of the -wal file that is open, if any, and of its index, the -shm file: where
    /// they are, they stay until the last connection is closed.
    void noteLog();
    /// Whether there is a -wal file that was noted: not in a rollback journal's mode.
    [[nodiscard]] bool hasLog() const { return m_log.identity.isKnown(); }
    /// Whether a file that was noted is not there any more, or another one is: what is written goes
    /// nowhere then, and what others write is not seen.
    [[nodiscard]] bool hasLostLog() const;
    /// Has the log stay as it is when the last connection of the process is closed, which would
    /// move it into the file: another state of the store has that by now.
    void leaveLog();
    [[nodiscard]] bool isLogLeft() const;
    /// The same for this connection alone.
    void leaveLogAtClose() const;
    /// Before the connection is closed: has SQLite leave the log where it is to stay, or where
    /// another one has its name.
    void prepareClose() const;

private:
    struct Noted {
        QByteArray path; ///< Encoded.
        FileIdentity identity;
    };
    static bool isLost(const Noted& file);
    static bool isAnothers(const Noted& file);
    [[nodiscard]] QByteArray path() const;
    [[nodiscard]] bool isInTransaction() const;

    sqlite3* m_connection;
    std::unique_ptr<SqliteFileLocks> m_locks;
    std::chrono::steady_clock::time_point m_renewed; ///< When the locks were taken again.
    Noted m_log;
    Noted m_index;
};

} // namespace eventloupe
