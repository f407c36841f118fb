#include "store/sqliteeventreader.h"

#include "store/sqlitetransaction.h"

#include <QCoreApplication>

#include <cstring>

namespace eventloupe {

namespace {

/// The places of the columns in every row that is read here.
enum Column {
    PositionColumn,
    StreamIdColumn,
    VersionColumn,
    TypeColumn,
    TimeColumn,
    IdColumn,
    DataColumn,
    MetadataColumn
};

std::string selectText(ScanColumns columns)
{
    const auto wanted = [columns](ScanColumn column, const char* expression) {
        return std::string(", ") + (columns.testFlag(column) ? expression : "NULL");
    };
    std::string sql = "SELECT e.position, e.stream_id, e.version, e.type_id, e.time";
    sql += wanted(ScanColumn::Id, "e.id") + wanted(ScanColumn::Data, "e.data")
        + wanted(ScanColumn::Metadata, "e.metadata");
    return sql + " FROM event e";
}

Error cancelled()
{
    return { ErrorCode::Cancelled, QCoreApplication::translate("SqliteStore", "cancelled") };
}

EventHash hashOf(std::string_view bytes)
{
    EventHash hash {};
    if (bytes.size() == hash.size())
        std::memcpy(hash.data(), bytes.data(), hash.size());
    return hash;
}

} // namespace

SqliteEventReader::SqliteEventReader(SqliteConnection& connection)
    : m_connection(connection)
    , m_types(connection)
    , m_streams(connection)
{
}

void SqliteEventReader::forgetNames()
{
    m_types.clear();
    m_streams.clear();
}

Result<LogHead> SqliteEventReader::head()
{
    auto statement
        = m_connection.prepare("SELECT position, hash FROM event ORDER BY position DESC LIMIT 1");
    const auto stepped = statement.step();
    if (!stepped)
        return stepped.error();
    if (!*stepped)
        return LogHead {};
    return LogHead { statement.integer(0), hashOf(statement.blob(1)) };
}

Result<EventHash> SqliteEventReader::hashAt(Position position)
{
    auto statement = m_connection.prepare("SELECT hash FROM event WHERE position = ?1");
    statement.bind(1, position);
    const auto stepped = statement.step();
    if (!stepped)
        return stepped.error();
    if (!*stepped)
        return Error { ErrorCode::NotFound,
            QCoreApplication::translate("SqliteStore", "There is no event %1.").arg(position) };
    return hashOf(statement.blob(0));
}

std::string_view SqliteEventReader::scanText(Order order, ScanColumns columns)
{
    const auto mask = static_cast<std::size_t>(columns.toInt() & 63);
    std::string& text = m_scanTexts[order == Order::Log ? 0 : 1][mask];
    if (text.empty())
        text = selectText(columns)
            + (order == Order::Log
                    ? " WHERE e.position >= ?1 AND e.position <= ?2 ORDER BY e.position"
                    : " WHERE e.stream_id = ?1 AND e.version > ?2 ORDER BY e.version");
    return text;
}

EventView SqliteEventReader::viewOfRow(
    const SqliteStatement& row, ScanColumns columns, RowBuffers& buffers)
{
    EventView view;
    view.position = row.integer(PositionColumn);
    view.streamId = row.integer(StreamIdColumn);
    view.version = row.integer(VersionColumn);
    view.time.microseconds = row.integer(TimeColumn);
    if (columns.testFlag(ScanColumn::Type))
        view.type = viewOf(m_types.name(row.integer(TypeColumn)).utf8);
    if (columns.testFlag(ScanColumn::Id))
        view.id = row.eventId(IdColumn, buffers.id);
    if (columns.testFlag(ScanColumn::Data))
        view.data = row.text(DataColumn);
    if (columns.testFlag(ScanColumn::Metadata))
        view.metadata = row.text(MetadataColumn);
    if (columns.testFlag(ScanColumn::Stream)) {
        buffers.stream = m_streams.name(view.streamId);
        view.stream = buffers.stream;
    }
    return view;
}

std::optional<Error> SqliteEventReader::takeNameFailure()
{
    const auto ofStream = m_streams.takeFailure();
    const auto ofType = m_types.takeFailure();
    return ofStream ? ofStream : ofType;
}

Result<bool> SqliteEventReader::hand(const SqliteStatement& row, ScanColumns columns,
    RowBuffers& buffers, const std::function<bool(const EventView&)>& visitor)
{
    const EventView view = viewOfRow(row, columns, buffers);
    if (const auto failure = takeNameFailure())
        return *failure;
    return visitor(view);
}

Result<Event> SqliteEventReader::eventOfRow(const SqliteStatement& row)
{
    const auto toText = [](std::string_view utf8) {
        return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
    };
    RowBuffers buffers;
    const EventView view = viewOfRow(row, allScanColumns & ~ScanColumns(ScanColumn::Type), buffers);
    const QString& type = m_types.name(row.integer(TypeColumn)).text;
    if (const auto failure = takeNameFailure())
        return *failure;
    Event event;
    event.position = view.position;
    event.streamId = view.streamId;
    event.stream = toText(view.stream);
    event.version = view.version;
    event.type = type;
    event.time = view.time;
    event.id = toText(view.id);
    event.data = toBytes(view.data);
    event.metadata = toBytes(view.metadata);
    return event;
}

Result<QList<Event>> SqliteEventReader::readLog(Position from, int limit)
{
    QList<Event> events;
    if (limit <= 0)
        return events;
    const SqliteSnapshot snapshot(m_connection);
    auto statement = m_connection.prepare(scanText(Order::Log, allScanColumns));
    const Position first = std::max<Position>(from, 1);
    statement.bind(1, first).bind(2, first + (limit - 1));
    for (;;) {
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (!*stepped)
            return events;
        auto event = eventOfRow(statement);
        if (!event)
            return event.error();
        events.append(std::move(*event));
    }
}

Result<QList<Event>> SqliteEventReader::readAt(const QList<Position>& positions)
{
    QList<Event> events;
    events.reserve(positions.size());
    const SqliteSnapshot snapshot(m_connection);
    auto statement = m_connection.prepare(scanText(Order::Log, allScanColumns));
    for (const Position position : positions) {
        statement.bind(1, position).bind(2, position);
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (*stepped) {
            auto event = eventOfRow(statement);
            if (!event)
                return event.error();
            events.append(std::move(*event));
        }
        statement.reset();
    }
    return events;
}

Result<void> SqliteEventReader::scanAt(const QList<Position>& positions, ScanColumns columns,
    const CancelToken& cancel, const std::function<bool(const EventView&)>& visitor)
{
    const SqliteSnapshot snapshot(m_connection);
    const SqliteWatch watch(m_connection, cancel);
    auto statement = m_connection.prepare(scanText(Order::Log, columns));
    RowBuffers buffers;
    for (const Position position : positions) {
        if (cancel.isCancelled())
            return Error { ErrorCode::Cancelled,
                QCoreApplication::translate("SqliteStore", "cancelled") };
        statement.bind(1, position).bind(2, position);
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (*stepped) {
            const auto goesOn = hand(statement, columns, buffers, visitor);
            if (!goesOn)
                return goesOn.error();
            if (!*goesOn)
                return {};
        }
        statement.reset();
    }
    return {};
}

Result<QList<Event>> SqliteEventReader::readStream(
    StreamId stream, StreamVersion after, Position upTo, int limit)
{
    QList<Event> events;
    if (limit <= 0)
        return events;
    const SqliteSnapshot snapshot(m_connection);
    auto statement = m_connection.prepare(scanText(Order::Stream, allScanColumns));
    statement.bind(1, stream).bind(2, after);
    while (events.size() < limit) {
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        // The first event past the position ends it; to look further would cost the whole stream.
        if (!*stepped || statement.integer(PositionColumn) > upTo)
            break;
        auto event = eventOfRow(statement);
        if (!event)
            return event.error();
        events.append(std::move(*event));
    }
    return events;
}

Result<void> SqliteEventReader::scanStream(StreamId stream, StreamVersion after, Position upTo,
    ScanColumns columns, const std::function<bool(const EventView&)>& visitor)
{
    const SqliteSnapshot snapshot(m_connection);
    auto statement = m_connection.prepare(scanText(Order::Stream, columns));
    statement.bind(1, stream).bind(2, after);
    RowBuffers buffers;
    for (;;) {
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (!*stepped || statement.integer(PositionColumn) > upTo)
            return {};
        const auto goesOn = hand(statement, columns, buffers, visitor);
        if (!goesOn)
            return goesOn.error();
        if (!*goesOn)
            return {};
    }
}

Result<void> SqliteEventReader::scanLog(Position from, Position to, ScanColumns columns,
    const CancelToken& cancel, const std::function<bool(const EventView&)>& visitor)
{
    const SqliteSnapshot snapshot(m_connection);
    const SqliteWatch watch(m_connection, cancel);
    const auto scanned = scanRows(from, to, columns, {}, cancel, visitor);
    if (!scanned)
        return scanned.error();
    return {};
}

bool SqliteEventReader::admits(const SqliteRowTest& test, const SqliteStatement& row)
{
    return test.admits(row.integer(StreamIdColumn), row.integer(VersionColumn),
        row.integer(TypeColumn), row.integer(TimeColumn));
}

Result<bool> SqliteEventReader::scanRows(Position from, Position to, ScanColumns columns,
    const SqliteRowTest& test, const CancelToken& cancel,
    const std::function<bool(const EventView&)>& visitor)
{
    auto statement = m_connection.prepare(scanText(Order::Log, columns));
    statement.bind(1, from).bind(2, to);
    RowBuffers buffers;
    const bool isTested = !test.admitsAll();
    for (;;) {
        if (cancel.isCancelled())
            return cancelled();
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (!*stepped)
            return true;
        if (isTested && !admits(test, statement)) {
            if (const auto failure = m_streams.takeFailure())
                return *failure;
            continue;
        }
        const auto goesOn = hand(statement, columns, buffers, visitor);
        if (!goesOn || !*goesOn)
            return goesOn;
    }
}

Result<bool> SqliteEventReader::scanRowsAt(const std::vector<Position>& positions,
    ScanColumns columns, const SqliteRowTest& test, const CancelToken& cancel,
    const std::function<bool(const EventView&)>& visitor)
{
    auto statement = m_connection.prepare(scanText(Order::Log, columns));
    RowBuffers buffers;
    for (const Position position : positions) {
        if (cancel.isCancelled())
            return cancelled();
        statement.bind(1, position).bind(2, position);
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (*stepped && admits(test, statement)) {
            const auto goesOn = hand(statement, columns, buffers, visitor);
            if (!goesOn || !*goesOn)
                return goesOn;
        }
        if (const auto failure = m_streams.takeFailure())
            return *failure;
        statement.reset();
    }
    return true;
}

Result<QStringList> SqliteEventReader::types()
{
    QStringList names;
    auto statement = m_connection.prepare("SELECT name FROM event_type ORDER BY id");
    for (;;) {
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (!*stepped)
            return names;
        const std::string_view name = statement.text(0);
        names.append(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    }
}

} // namespace eventloupe
