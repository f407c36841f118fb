// PostgresEventStore: what it reads, by its readers.

#include "postgres/postgreseventstore.h"

namespace eventloupe {

/// Whether there is no event yet. Then nobody needs to look at their table, which a first load may
/// hold up to its end; see PostgresPutOff.
bool PostgresEventStore::isEmpty()
{
    if (m_known.position > 0)
        return false;
    const auto now = head();
    return now && *now == 0;
}

Result<QList<Event>> PostgresEventStore::readLog(Position from, int limit)
{
    if (isEmpty())
        return QList<Event>();
    return m_events.readLog(from, limit);
}

Result<QList<Event>> PostgresEventStore::readAt(const QList<Position>& positions)
{
    if (isEmpty())
        return QList<Event>();
    return m_events.readAt(positions);
}

Result<void> PostgresEventStore::scanAt(const QList<Position>& positions, ScanColumns columns,
    const CancelToken& cancel, const std::function<bool(const EventView&)>& visitor)
{
    if (isEmpty())
        return {};
    return m_events.scanAt(positions, columns, cancel, visitor);
}

Result<QList<Event>> PostgresEventStore::readStream(
    StreamId stream, StreamVersion after, Position upTo, int limit)
{
    if (isEmpty())
        return QList<Event>();
    return m_events.readStream(stream, after, upTo, limit);
}

Result<void> PostgresEventStore::scanStream(StreamId stream, StreamVersion after, Position upTo,
    ScanColumns columns, const std::function<bool(const EventView&)>& visitor)
{
    if (isEmpty())
        return {};
    return m_events.scanStream(stream, after, upTo, columns, visitor);
}

Result<void> PostgresEventStore::scanLog(Position from, Position to, ScanColumns columns,
    const CancelToken& cancel, const std::function<bool(const EventView&)>& visitor)
{
    if (isEmpty())
        return {};
    return m_events.scanLog(from, to, columns, cancel, visitor);
}

Result<void> PostgresEventStore::scanSelected(const LogSelection& selection, Position from,
    Position to, ScanColumns columns, const CancelToken& cancel,
    const std::function<bool(const EventView&)>& visitor)
{
    if (isEmpty())
        return {};
    return m_selectionScan.run(selection, from, to, columns, cancel, visitor);
}

Result<std::optional<StreamInfo>> PostgresEventStore::findStream(const QString& name)
{
    return m_streams.findStream(name);
}

Result<qint64> PostgresEventStore::streamCountAt(Position position)
{
    return m_streams.streamCountAt(position);
}

Result<QList<StreamAt>> PostgresEventStore::streamsAt(Position position, StreamId first, int limit)
{
    if (isEmpty())
        return QList<StreamAt>();
    return m_streams.streamsAt(position, first, limit);
}

Result<void> PostgresEventStore::scanStreamNames(
    StreamId first, StreamId last, const std::function<void(StreamId, std::string_view)>& visitor)
{
    return m_streams.scanNames(first, last, visitor);
}

Result<qint64> PostgresEventStore::categoryCountAt(Position position)
{
    return m_streams.categoryCountAt(position);
}

Result<QList<CategoryAt>> PostgresEventStore::categoriesAt(
    Position position, qint64 first, int limit)
{
    return m_streams.categoriesAt(position, first, limit);
}

Result<QList<StreamAt>> PostgresEventStore::streamsOfCategoryAt(
    qint64 category, Position position, qint64 skip, int limit)
{
    if (isEmpty())
        return QList<StreamAt>();
    return m_streams.streamsOfCategoryAt(category, position, skip, limit);
}

Result<QList<StreamAt>> PostgresEventStore::searchStreams(
    const QString& text, Position position, StreamId after, int limit, const CancelToken& cancel)
{
    if (isEmpty())
        return QList<StreamAt>();
    return m_streams.searchStreams(text, position, after, limit, cancel);
}

Result<std::optional<EventHash>> PostgresEventStore::hashAt(Position position)
{
    if (position == 0)
        return std::optional(EventHash {});
    const auto hash = m_events.hashAt(position);
    return hash ? Result(std::optional(*hash)) : hash.error();
}

Result<StreamVersion> PostgresEventStore::versionAt(StreamId stream, Position position)
{
    if (isEmpty())
        return StreamVersion(0);
    return m_streams.versionAt(stream, position);
}

Result<Position> PostgresEventStore::positionOf(StreamId stream, StreamVersion version)
{
    return m_streams.positionOf(stream, version);
}

Result<Position> PostgresEventStore::positionAtTime(Timestamp time)
{
    return m_streams.positionAtTime(time);
}

Result<QStringList> PostgresEventStore::types()
{
    return m_events.types();
}

void addPostgresStores()
{
    addStoreKind({ QStringLiteral("postgresql"), &PostgresAddress::claims,
        [](const QString& location, OpenMode mode) {
            return PostgresEventStore::open(location, mode);
        } });
}

} // namespace eventloupe
