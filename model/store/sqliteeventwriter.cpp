#include "store/sqliteeventwriter.h"

#include <QCoreApplication>

#include <sqlite3.h>

namespace eventloupe {

std::string_view categoryOfUtf8(std::string_view stream)
{
    return stream.substr(0, stream.find('-'));
}

SqliteEventWriter::SqliteEventWriter(
    SqliteConnection& connection, HashChain& chain, const LogHead& head)
    : m_connection(connection)
    , m_chain(chain)
    , m_head(head)
    , m_insertEvent(connection.prepare(
          "INSERT INTO event(position, stream_id, version, type_id, time, id, hash, data, metadata)"
          " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"))
{
}

Result<void> SqliteEventWriter::insertEvent(EventView event)
{
    const auto type = typeId(event.type);
    if (!type)
        return type.error();
    event.position = m_head.position + 1;
    const EventHash hash = m_chain.next(m_head.hash, event);

    m_insertEvent.bind(1, event.position).bind(2, event.streamId).bind(3, event.version);
    m_insertEvent.bind(4, *type).bind(5, event.time.microseconds).bindEventId(6, event.id);
    m_insertEvent.bindBlob(7, { reinterpret_cast<const char*>(hash.data()), hash.size() });
    m_insertEvent.bindText(8, event.data).bindText(9, event.metadata);
    if (const auto inserted = m_insertEvent.run(); !inserted) {
        const int code = m_connection.extendedCode();
        if (code != SQLITE_CONSTRAINT_UNIQUE && code != SQLITE_CONSTRAINT_TRIGGER)
            return inserted;
        return Error { ErrorCode::DuplicateEvent,
            QCoreApplication::translate("SqliteStore", "An event with the id %1 is stored already.")
                .arg(QString::fromUtf8(toBytes(event.id))) };
    }
    m_head = { event.position, hash };
    return {};
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
