#include "store/sqliterollbackjournal.h"

namespace eventloupe {

bool SqliteRollbackJournal::enter()
{
    auto statement = m_connection.prepare("PRAGMA journal_mode=DELETE");
    const auto stepped = statement.step();
    m_isEntered = stepped.ok() && *stepped && statement.text(0) == "delete";
    m_connection.files().noteLog();
    return m_isEntered;
}

void SqliteRollbackJournal::leave()
{
    if (m_isEntered) {
        (void)m_connection.prepare("PRAGMA journal_mode=WAL").step();
        // The log is opened by the first read.
        (void)m_connection.prepare("SELECT count(*) FROM sqlite_schema").step();
        m_connection.files().noteLog();
    }
    m_isEntered = false;
}

} // namespace eventloupe
