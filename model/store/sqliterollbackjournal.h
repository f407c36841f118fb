#pragma once

#include "store/sqliteconnection.h"

namespace eventloupe {

/// A store's change from WAL to a rollback journal, for a load into an empty store, and back.
///
/// WAL writes a load twice, to the log and then to the file. A rollback journal keeps what stood in
/// the file before, which in an empty store is next to nothing, and the load goes to the file once.
/// A crash before the commit leaves the journal, from which the next one to open the store
/// restores it, and the store in this mode; opening it for writing brings WAL back.
/// Thread: the connection's.
class SqliteRollbackJournal final {
public:
    explicit SqliteRollbackJournal(SqliteConnection& connection)
        : m_connection(connection)
    {
    }
    ~SqliteRollbackJournal() { leave(); }
    SqliteRollbackJournal(const SqliteRollbackJournal&) = delete;
    SqliteRollbackJournal& operator=(const SqliteRollbackJournal&) = delete;

    /// Outside of a transaction. False where another connection has the store open, of this process
    /// or another: readers would have to wait for the load's end. WAL stays then.
    bool enter();
    [[nodiscard]] bool isEntered() const { return m_isEntered; }
    /// Back to WAL. Where a reader came in the meantime, that is left to the next opening.
    void leave();
    /// Leaves it as it is: the file has lost its name, beside which another one's journal may lie.
    void stay() { m_isEntered = false; }

private:
    SqliteConnection& m_connection;
    bool m_isEntered = false;
};

} // namespace eventloupe
