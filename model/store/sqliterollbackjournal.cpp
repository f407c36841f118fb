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
        m_connection.files().noteLog();
    }
    m_isEntered = false;
}

} // namespace eventloupe
