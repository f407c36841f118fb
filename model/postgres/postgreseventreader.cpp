#include "postgres/postgreseventreader.h"

#include <QCoreApplication>

#include <algorithm>

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

constexpr qsizetype mostAtOnce = 1000;

Error cancelled()
{
    return { ErrorCode::Cancelled, QCoreApplication::translate("Postgres", "cancelled") };
}

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// Events of a stream up to a position: the last version is found first, by one seek, so that
/// nothing past it is looked at.
std::string streamText(ScanColumns columns)
{
    return PostgresEventReader::selectText(columns)
        + " WHERE e.stream_id = $1 AND e.version > $2 AND e.version <= (SELECT l.version FROM event"
          " l WHERE l.stream_id = $1 AND l.position <= $3 ORDER BY l.position DESC LIMIT 1)"
          " ORDER BY e.version LIMIT $4";
}

} // namespace

void PostgresBlockSize::note(const PostgresResult& rows)
{
    constexpr std::size_t wanted = std::size_t(4) << 20;
    if (rows.rows() == 0)
        return;
    std::size_t bytes = 0;
    for (int row = 0; row < rows.rows(); ++row)
        for (int column = IdColumn; column < rows.columns(); ++column)
            bytes += rows.text(row, column).size();
    constexpr std::size_t ofRow = 150; // What libpq needs beside the texts.
    const std::size_t each = bytes / static_cast<std::size_t>(rows.rows()) + ofRow;
    const auto fitting = static_cast<int>(std::min<std::size_t>(wanted / each, 16'384));
    m_rows = std::clamp(fitting, 8, m_rows * 8);
}

std::string PostgresEventReader::selectText(ScanColumns columns)
{
    const auto wanted = [columns](ScanColumn column, const char* name) {
        return std::string(", ") + (columns.testFlag(column) ? name : "NULL");
    };
    std::string sql = "SELECT e.position, e.stream_id, e.version, e.type_id, e.time";
    sql += wanted(ScanColumn::Id, "e.id") + wanted(ScanColumn::Data, "e.data")
        + wanted(ScanColumn::Metadata, "e.metadata");
    return sql + " FROM event e";
}

EventView PostgresEventReader::viewOf(
    const PostgresResult& rows, int row, ScanColumns columns) const
{
    EventView view;
    view.position = rows.integer(row, PositionColumn);
    view.streamId = rows.integer(row, StreamIdColumn);
    view.version = rows.integer(row, VersionColumn);
    view.time.microseconds = rows.integer(row, TimeColumn);
    if (columns.testFlag(ScanColumn::Stream))
        view.stream = m_names.stream(view.streamId);
    if (columns.testFlag(ScanColumn::Type))
        view.type = m_names.type(rows.integer(row, TypeColumn));
    view.id = rows.text(row, IdColumn);
    view.data = rows.text(row, DataColumn);
    view.metadata = rows.text(row, MetadataColumn);
    return view;
}

Result<void> PostgresEventReader::learn(const PostgresResult& rows, ScanColumns columns)
{
    if (columns.testFlag(ScanColumn::Stream))
        if (const auto learnt = m_names.learnStreams(rows, StreamIdColumn); !learnt)
            return learnt;
    return columns.testFlag(ScanColumn::Type) ? m_names.learnTypes(rows, TypeColumn)
                                              : Result<void>();
}

Result<bool> PostgresEventReader::hand(const PostgresResult& rows, ScanColumns columns,
    const CancelToken& cancel, const Visitor& visitor)
{
    if (const auto learnt = learn(rows, columns); !learnt)
        return learnt.error();
    for (int row = 0; row < rows.rows(); ++row) {
        if (cancel.isCancelled())
            return cancelled();
        if (!visitor(viewOf(rows, row, columns)))
            return false;
    }
    return true;
}

Result<QList<Event>> PostgresEventReader::eventsOf(const PostgresResult& rows)
{
    if (const auto learnt = learn(rows, allScanColumns); !learnt)
        return learnt.error();
    QList<Event> events;
    events.reserve(rows.rows());
    for (int row = 0; row < rows.rows(); ++row) {
        const EventView view = viewOf(rows, row, allScanColumns);
        events.append({ view.position, view.streamId, textOf(view.stream), view.version,
            m_names.typeText(rows.integer(row, TypeColumn)), view.time, textOf(view.id),
            toBytes(view.data), toBytes(view.metadata) });
    }
    return events;
}

Result<QList<Event>> PostgresEventReader::readLog(Position from, int limit)
{
    if (limit <= 0)
        return QList<Event>();
    static const std::string sql
        = selectText(allScanColumns) + " WHERE e.position >= $1 ORDER BY e.position LIMIT $2";
    const auto rows
        = m_session.read(sql, PostgresParameters().add(std::max<Position>(from, 1)).add(limit));
    return rows ? eventsOf(*rows) : rows.error();
}

Result<QList<Event>> PostgresEventReader::readAt(const QList<Position>& positions)
{
    static const std::string sql
        = selectText(allScanColumns) + " WHERE e.position = ANY($1::bigint[])";
    const auto rows = m_session.read(
        sql, PostgresParameters().addNumbers({ positions.begin(), positions.end() }));
    if (!rows)
        return rows.error();
    const auto events = eventsOf(*rows);
    if (!events)
        return events;
    QHash<Position, qsizetype> places;
    for (qsizetype i = 0; i < events->size(); ++i)
        places.insert(events->at(i).position, i);
    QList<Event> inOrder;
    inOrder.reserve(positions.size());
    for (const Position position : positions)
        if (const auto place = places.constFind(position); place != places.constEnd())
            inOrder.append(events->at(*place));
    return inOrder;
}

Result<void> PostgresEventReader::scanAt(const QList<Position>& positions, ScanColumns columns,
    const CancelToken& cancel, const Visitor& visitor)
{
    const PostgresSessionWatch watch(m_session, cancel);
    const std::string sql = selectText(columns) + " WHERE e.position = ANY($1::bigint[])";
    for (qsizetype first = 0; first < positions.size(); first += mostAtOnce) {
        const QList<Position> part = positions.mid(first, mostAtOnce);
        const auto rows
            = m_session.read(sql, PostgresParameters().addNumbers({ part.begin(), part.end() }));
        if (!rows)
            return rows.error();
        if (const auto learnt = learn(*rows, columns); !learnt)
            return learnt;
        QHash<Position, int> places;
        for (int row = 0; row < rows->rows(); ++row)
            places.insert(rows->integer(row, PositionColumn), row);
        for (const Position position : part) {
            if (cancel.isCancelled())
                return cancelled();
            const auto place = places.constFind(position);
            if (place != places.constEnd() && !visitor(viewOf(*rows, *place, columns)))
                return {};
        }
    }
    return {};
}

Result<QList<Event>> PostgresEventReader::readStream(
    StreamId stream, StreamVersion after, Position upTo, int limit)
{
    if (limit <= 0)
        return QList<Event>();
    static const std::string sql = streamText(allScanColumns);
    const auto rows
        = m_session.read(sql, PostgresParameters().add(stream).add(after).add(upTo).add(limit));
    return rows ? eventsOf(*rows) : rows.error();
}

Result<void> PostgresEventReader::scanStream(StreamId stream, StreamVersion after, Position upTo,
    ScanColumns columns, const Visitor& visitor)
{
    const std::string sql = streamText(columns);
    PostgresBlockSize size;
    const CancelToken never;
    for (StreamVersion last = after;;) {
        const int limit = size.rows();
        const auto rows
            = m_session.read(sql, PostgresParameters().add(stream).add(last).add(upTo).add(limit));
        if (!rows)
            return rows.error();
        if (rows->rows() > 0)
            last = rows->integer(rows->rows() - 1, VersionColumn);
        const auto goesOn = hand(*rows, columns, never, visitor);
        if (!goesOn)
            return goesOn.error();
        if (!*goesOn || rows->rows() < limit)
            return {};
        size.note(*rows);
    }
}

Result<void> PostgresEventReader::scanLog(Position from, Position to, ScanColumns columns,
    const CancelToken& cancel, const Visitor& visitor)
{
    const PostgresSessionWatch watch(m_session, cancel);
    const std::string sql = selectText(columns)
        + " WHERE e.position >= $1 AND e.position <= $2 ORDER BY e.position LIMIT $3";
    PostgresBlockSize size;
    for (Position next = from; next <= to;) {
        const int limit = size.rows();
        const auto rows = m_session.read(sql, PostgresParameters().add(next).add(to).add(limit));
        if (!rows)
            return rows.error();
        // What is appended from now on is not part of it.
        if (next == from && rows->rows() == limit) {
            const auto head = m_session.read("SELECT position FROM head");
            if (!head)
                return head.error();
            to = std::min(to, head->number(0));
        }
        if (rows->rows() > 0)
            next = rows->integer(rows->rows() - 1, PositionColumn) + 1;
        const auto goesOn = hand(*rows, columns, cancel, visitor);
        if (!goesOn)
            return goesOn.error();
        if (!*goesOn || rows->rows() < limit)
            return {};
        size.note(*rows);
    }
    return {};
}

Result<QStringList> PostgresEventReader::types()
{
    const auto rows = m_session.read("SELECT name FROM event_type ORDER BY id");
    if (!rows)
        return rows.error();
    QStringList names;
    for (int row = 0; row < rows->rows(); ++row)
        names.append(rows->string(row, 0));
    return names;
}

Result<EventHash> PostgresEventReader::hashAt(Position position)
{
    const auto row = m_session.read(
        "SELECT hash FROM event WHERE position = $1", PostgresParameters().add(position));
    if (!row)
        return row.error();
    if (row->rows() == 0)
        return Error { ErrorCode::NotFound,
            QCoreApplication::translate("Postgres", "There is no event %1.").arg(position) };
    const QByteArray bytes = row->bytes(0, 0);
    EventHash hash {};
    if (bytes.size() != static_cast<qsizetype>(hash.size()))
        return Error { ErrorCode::Corrupt,
            QCoreApplication::translate("Postgres", "The hash of event %1 is damaged.")
                .arg(position) };
    std::ranges::copy(bytes, hash.begin());
    return hash;
}

} // namespace eventloupe
