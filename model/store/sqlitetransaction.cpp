#include "store/sqlitetransaction.h"

namespace eventloupe {

namespace {

/// An interrupt may hit this statement as well, and a transaction that stays open would keep the
/// lock, or an old snapshot, for good: so it is said again.
void endTransaction(SqliteConnection& connection, const char* sql)
{
    constexpr int attempts = 10;
    for (int attempt = 0; attempt < attempts && connection.isInTransaction(); ++attempt)
        (void)connection.prepare(sql).run();
}

} // namespace

Result<void> SqliteTransaction::begin(Lock lock)
{
    const auto begun
        = m_connection.prepare(lock == Lock::Write ? "BEGIN IMMEDIATE" : "BEGIN EXCLUSIVE").run();
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
    if (m_isOpen)
        endTransaction(m_connection, "ROLLBACK");
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
    if (m_isOurs)
        endTransaction(m_connection, "COMMIT");
}

} // namespace eventloupe
