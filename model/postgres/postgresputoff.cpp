#include "postgres/postgresputoff.h"

#include "value/event.h"

namespace eventloupe {

namespace {

/// Those of resources/sql/postgres.sql, as they are now; one that belongs to a constraint, or that
/// somebody put on a disk of its own, stays.
constexpr std::string_view presentIndexes
    = "SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i JOIN pg_class c"
      " ON c.oid = i.indexrelid WHERE i.indrelid = 'event'::regclass AND c.reltablespace = 0"
      " AND c.relname IN ('event_id', 'event_stream', 'event_stream_position',"
      " 'event_type_position') AND NOT EXISTS (SELECT 1 FROM pg_constraint t"
      " WHERE t.conindid = c.oid) ORDER BY c.relname";
constexpr std::string_view isOwner
    = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'event'::regclass";
/// What is sorted at once in memory is not written to the server's disk in between.
constexpr std::string_view moreMemory
    = "SELECT set_config('maintenance_work_mem', '256MB', true)"
      " WHERE pg_size_bytes(current_setting('maintenance_work_mem')) < 268435456";

} // namespace

Result<void> PostgresPutOff::take(PostgresConnection& connection)
{
    const auto owns = connection.query(isOwner);
    if (!owns)
        return owns.error();
    if (owns->rows() == 0 || !owns->boolean(0, 0))
        return {};
    if (const auto locked = connection.execute(
            "SAVEPOINT put_off; LOCK TABLE event IN ACCESS EXCLUSIVE MODE NOWAIT");
        !locked)
        return connection.isInTransaction() ? connection.execute("ROLLBACK TO SAVEPOINT put_off;"
                                                                 " RELEASE SAVEPOINT put_off")
                                            : locked;
    const auto present = connection.query(presentIndexes);
    if (!present)
        return present.error();
    QByteArray drops;
    for (int row = 0; row < present->rows(); ++row) {
        drops += "DROP INDEX " + quotedIdentifier(present->string(row, 0)) + ';';
        m_builds.push_back(toBytes(present->text(row, 1)));
    }
    return connection.execute(drops + "RELEASE SAVEPOINT put_off");
}

Result<void> PostgresPutOff::putBack(
    PostgresConnection& connection, qint64 events, const Progress& progress)
{
    if (m_builds.empty())
        return {};
    progress.begin(Progress::Phase::Indexing, events * static_cast<qint64>(m_builds.size()));
    if (const auto more = connection.query(moreMemory); !more)
        return more.error();
    // However long it takes: keepalives tell where the server is gone, and a person may cancel.
    const auto timeout = connection.setAnswerTimeout({});
    Result<void> built;
    for (std::size_t i = 0; i < m_builds.size() && built; ++i) {
        built = connection.execute(m_builds[i]);
        progress.setDone(events * static_cast<qint64>(i + 1));
    }
    connection.setAnswerTimeout(timeout);
    m_builds.clear();
    return built;
}

} // namespace eventloupe
