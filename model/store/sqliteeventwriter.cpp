#include "store/sqliteeventwriter.h"

#include "store/sqliteheads.h"
#include "value/uuid.h"

#include <QCoreApplication>

#include <sqlite3.h>

namespace eventloupe {

namespace {

constexpr int columns = 9;

std::string insertSql(std::size_t rows)
{
    std::string sql
        = "INSERT INTO event(position, stream_id, version, type_id, time, id, hash, data,"
          " metadata) VALUES";
    for (std::size_t row = 0; row < rows; ++row)
        sql += row == 0 ? "(?,?,?,?,?,?,?,?,?)" : ",(?,?,?,?,?,?,?,?,?)";
    return sql;
}

} // namespace

SqliteEventWriter::SqliteEventWriter(
    SqliteConnection& connection, HashChain& chain, const LogHead& head)
    : m_connection(connection)
    , m_chain(chain)
    , m_head(head)
    , m_insertEvent(connection.prepare(insertSql(1)))
{
}

Result<void> SqliteEventWriter::insertEvent(const EventView& event)
{
    const LogHead before = m_head;
    if (const auto bound = bind(m_insertEvent, 0, event); !bound)
        return bound;
    const auto inserted = run(m_insertEvent, event.id);
    if (!inserted)
        m_head = before;
    return inserted;
}

Result<void> SqliteEventWriter::insertEvents(std::span<const EventView> events)
{
    Q_ASSERT(events.size() == rowsAtOnce);
    if (!m_insertEvents)
        m_insertEvents.emplace(m_connection.prepare(insertSql(rowsAtOnce)));
    const LogHead before = m_head;
    for (std::size_t row = 0; row < events.size(); ++row)
        if (const auto bound = bind(*m_insertEvents, row, events[row]); !bound)
            return bound;
    const auto inserted = run(*m_insertEvents, events.front().id);
    if (!inserted)
        m_head = before;
    return inserted;
}

/// Gives the event its position and hash, which makes it the head.
Result<void> SqliteEventWriter::bind(SqliteStatement& statement, std::size_t row, EventView event)
{
    const auto type = typeId(event.type);
    if (!type)
        return type.error();
    event.position = m_head.position + 1;
    Row& kept = m_rows[row];
    kept.hash = m_chain.next(m_head.hash, event);
    kept.id = packUuid(event.id);
    const int first = static_cast<int>(row) * columns;
    statement.bind(first + 1, event.position).bind(first + 2, event.streamId);
    statement.bind(first + 3, event.version).bind(first + 4, *type);
    statement.bind(first + 5, event.time.microseconds);
    if (kept.id)
        statement.bindBlob(
            first + 6, { reinterpret_cast<const char*>(kept.id->data()), kept.id->size() });
    else
        statement.bindText(first + 6, event.id);
    statement.bindBlob(
        first + 7, { reinterpret_cast<const char*>(kept.hash.data()), kept.hash.size() });
    statement.bindText(first + 8, event.data).bindText(first + 9, event.metadata);
    m_head = { event.position, kept.hash };
    return {};
}

Result<void> SqliteEventWriter::run(SqliteStatement& statement, std::string_view id)
{
    auto inserted = statement.run();
    const int code = inserted ? SQLITE_OK : m_connection.extendedCode();
    if (code != SQLITE_CONSTRAINT_UNIQUE && code != SQLITE_CONSTRAINT_TRIGGER)
        return inserted;
    const auto there = m_connection.prepare("SELECT position FROM event WHERE id = ?1")
                           .bindEventId(1, id)
                           .number(0);
    if (!there)
        return there.error();
    if (*there == 0)
        return contradiction(m_connection,
            QCoreApplication::translate(
                "SqliteStore", "where the next event belongs there is one already."));
    return Error { ErrorCode::DuplicateEvent,
        QCoreApplication::translate("SqliteStore", "An event with the id %1 is stored already.")
            .arg(QString::fromUtf8(toBytes(id))) };
}

Result<qint64> SqliteEventWriter::nextId(std::string_view sql)
{
    const auto last = m_connection.prepare(sql).number(0);
    if (!last)
        return last;
    return *last + 1;
}

Result<qint64> SqliteEventWriter::typeId(std::string_view name)
{
    if (const auto known = m_types.find(name); known != m_types.end())
        return known->second;
    auto id = m_connection.prepare("SELECT id FROM event_type WHERE name = ?1")
                  .bindText(1, name)
                  .number(0);
    if (!id)
        return id;
    if (*id == 0) {
        id = nextId("SELECT id FROM event_type ORDER BY id DESC LIMIT 1");
        if (!id)
            return id;
        const auto made = m_connection.prepare("INSERT INTO event_type(id, name) VALUES(?1, ?2)")
                              .bind(1, *id)
                              .bindText(2, name)
                              .run();
        if (!made)
            return made.error();
    }
    m_types.emplace(name, *id);
    return id;
}

Result<qint64> SqliteEventWriter::categoryId(std::string_view name, Position birth)
{
    if (const auto known = m_categories.find(name); known != m_categories.end())
        return known->second;
    auto id = m_connection.prepare("SELECT id FROM category WHERE name = ?1")
                  .bindText(1, name)
                  .number(0);
    if (!id)
        return id;
    if (*id == 0) {
        id = nextId("SELECT id FROM category ORDER BY id DESC LIMIT 1");
        if (!id)
            return id;
        const auto made
            = m_connection
                  .prepare("INSERT INTO category(id, name, first_position) VALUES(?1, ?2, ?3)")
                  .bind(1, *id)
                  .bindText(2, name)
                  .bind(3, birth)
                  .run();
        if (!made)
            return made.error();
    }
    m_categories.emplace(name, *id);
    return id;
}

Result<qint64> SqliteEventWriter::streamsOfCategory(qint64 category)
{
    return m_connection
        .prepare("SELECT category_rank FROM stream WHERE category_id = ?1"
                 " ORDER BY category_rank DESC LIMIT 1")
        .bind(1, category)
        .number(0);
}

Result<void> SqliteEventWriter::insertStream(StreamId id, std::string_view name, qint64 category,
    qint64 rank, Position first, StreamVersion headVersion, Position headPosition)
{
    return m_connection
        .prepare("INSERT INTO stream(id, name, category_id, category_rank, first_position,"
                 " head_version, head_position) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")
        .bind(1, id)
        .bindText(2, name)
        .bind(3, category)
        .bind(4, rank)
        .bind(5, first)
        .bind(6, headVersion)
        .bind(7, headPosition)
        .run();
}

Result<void> SqliteEventWriter::updateStream(
    StreamId id, StreamVersion headVersion, Position headPosition)
{
    return m_connection
        .prepare("UPDATE stream SET head_version = ?2, head_position = ?3 WHERE id = ?1")
        .bind(1, id)
        .bind(2, headVersion)
        .bind(3, headPosition)
        .run();
}

Result<StreamId> SqliteEventWriter::lastStream()
{
    return m_connection.prepare("SELECT id FROM stream ORDER BY id DESC LIMIT 1").number(0);
}

} // namespace eventloupe
