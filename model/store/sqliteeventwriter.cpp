#include "store/sqliteeventwriter.h"

#include <QCoreApplication>

#include <sqlite3.h>

namespace eventloupe {

QByteArray categoryOfUtf8(const QByteArray& stream)
{
    const auto dash = stream.indexOf('-');
    return dash < 0 ? stream : stream.left(dash);
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

Result<void> SqliteEventWriter::insertEvent(
    StreamId streamId, std::string_view stream, StreamVersion version, const CheckedEvent& event)
{
    const auto type = typeId(event.type);
    if (!type)
        return type.error();
    const EventView view { m_head.position + 1, streamId, stream, version, viewOf(event.type),
        event.time, viewOf(event.id), viewOf(event.data), viewOf(event.metadata) };
    const EventHash hash = m_chain.next(m_head.hash, view);

    m_insertEvent.bind(1, view.position).bind(2, streamId).bind(3, version).bind(4, *type);
    m_insertEvent.bind(5, event.time.microseconds).bindEventId(6, view.id);
    m_insertEvent.bindBlob(7, { reinterpret_cast<const char*>(hash.data()), hash.size() });
    m_insertEvent.bindText(8, view.data).bindText(9, view.metadata);
    if (const auto inserted = m_insertEvent.run(); !inserted) {
        const int code = m_connection.extendedCode();
        if (code != SQLITE_CONSTRAINT_UNIQUE && code != SQLITE_CONSTRAINT_TRIGGER)
            return inserted;
        return Error { ErrorCode::DuplicateEvent,
            QCoreApplication::translate("SqliteStore", "An event with the id %1 is stored already.")
                .arg(QString::fromUtf8(event.id)) };
    }
    m_head = { view.position, hash };
    return {};
}

Result<qint64> SqliteEventWriter::nextId(std::string_view sql)
{
    const auto last = m_connection.prepare(sql).number(0);
    if (!last)
        return last;
    return *last + 1;
}

Result<qint64> SqliteEventWriter::typeId(const QByteArray& name)
{
    if (const auto known = m_types.constFind(name); known != m_types.constEnd())
        return *known;
    auto id = m_connection.prepare("SELECT id FROM event_type WHERE name = ?1")
                  .bindText(1, viewOf(name))
                  .number(0);
    if (!id)
        return id;
    if (*id == 0) {
        id = nextId("SELECT id FROM event_type ORDER BY id DESC LIMIT 1");
        if (!id)
            return id;
        const auto made = m_connection.prepare("INSERT INTO event_type(id, name) VALUES(?1, ?2)")
                              .bind(1, *id)
                              .bindText(2, viewOf(name))
                              .run();
        if (!made)
            return made.error();
    }
    m_types.insert(name, *id);
    return id;
}

Result<qint64> SqliteEventWriter::categoryId(const QByteArray& name, Position birth)
{
    if (const auto known = m_categories.constFind(name); known != m_categories.constEnd())
        return *known;
    auto id = m_connection.prepare("SELECT id FROM category WHERE name = ?1")
                  .bindText(1, viewOf(name))
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
                  .bindText(2, viewOf(name))
                  .bind(3, birth)
                  .run();
        if (!made)
            return made.error();
    }
    m_categories.insert(name, *id);
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

Result<void> SqliteEventWriter::insertStream(StreamId id, const QByteArray& name, qint64 category,
    qint64 rank, Position first, StreamVersion headVersion, Position headPosition)
{
    return m_connection
        .prepare("INSERT INTO stream(id, name, category_id, category_rank, first_position,"
                 " head_version, head_position) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")
        .bind(1, id)
        .bindText(2, viewOf(name))
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
