#pragma once

#include "store/sqliteconnection.h"

namespace eventloupe {

/// A writing transaction, rolled back unless commit() succeeded.
class SqliteTransaction final {
public:
    explicit SqliteTransaction(SqliteConnection& connection)
        : m_connection(connection)
    {
    }
    ~SqliteTransaction() { rollback(); }
    SqliteTransaction(const SqliteTransaction&) = delete;
    SqliteTransaction& operator=(const SqliteTransaction&) = delete;

    enum class Lock {
        Write, ///< Others read what was there before; in a rollback journal only at first.
        Exclusive, ///< In a rollback journal nobody reads meanwhile, in WAL the same as Write.
    };
    /// Takes the lock at once, since a transaction that reads first and then writes fails
    /// where another connection wrote in between. Fails with Busy after five seconds.
    Result<void> begin(Lock lock = Lock::Write);
    /// When it returns, everything is on the disk.
    Result<void> commit();
    /// SQLite may have rolled back by itself after a failure; that is fine.
    void rollback();

private:
    SqliteConnection& m_connection;
    bool m_isOpen = false;
};

/// Keeps the snapshot that its first read sees until it ends; inside a transaction it does
/// nothing.
class SqliteSnapshot final {
public:
    explicit SqliteSnapshot(SqliteConnection& connection);
    ~SqliteSnapshot();
    SqliteSnapshot(const SqliteSnapshot&) = delete;
    SqliteSnapshot& operator=(const SqliteSnapshot&) = delete;

private:
    SqliteConnection& m_connection;
    bool m_isOurs;
};

} // namespace eventloupe
