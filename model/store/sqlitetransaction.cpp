#include "store/sqlitetransaction.h"

namespace eventloupe {

Result<void> SqliteTransaction::begin()
{
    const auto begun = m_connection.prepare("BEGIN IMMEDIATE").run();
    m_isOpen = begun.ok();
    return begun;
}

Result<void> SqliteTransaction::commit()
{
    const auto committed = m_connection.prepare("COMMIT").run();
    if (committed.ok())
        m_isOpen = false;
    return committed;
}

void SqliteTransaction::rollback()
{
    if (m_isOpen && m_connection.isInTransaction())
        (void)m_connection.prepare("ROLLBACK").run();
    m_isOpen = false;
}

SqliteSnapshot::SqliteSnapshot(SqliteConnection& connection)
    : m_connection(connection)
    , m_isOurs(!connection.isInTransaction())
{
    // Where this fails, the reads after it report why.
    if (m_isOurs)
        (void)m_connection.prepare("BEGIN").run();
}

SqliteSnapshot::~SqliteSnapshot()
{
    if (m_isOurs && m_connection.isInTransaction())
        (void)m_connection.prepare("COMMIT").run();
}

} // namespace eventloupe
