#include "postgres/postgresstreamreader.h"

#include "store/streamsearch.h"

#include <QCoreApplication>

#include <algorithm>

namespace eventloupe {

namespace {

// $1 is the position. A stream's version there is its newest event up to it: one seek.
#define VERSION_AT                                                                                 \
    " CASE WHEN s.head_position <= $1 THEN s.head_version"                                         \
    " ELSE (SELECT e.version FROM event e WHERE e.stream_id = s.id AND e.position <= $1"           \
    " ORDER BY e.position DESC LIMIT 1) END"
// The columns that streamOf() reads, and a page's version.
#define STREAM_COLUMNS                                                                             \
    "SELECT s.id, s.name, c.name, s.first_position, s.head_version, s.head_position,"
#define STREAM_TABLES " FROM stream s LEFT JOIN category c ON c.id = s.category_id "

constexpr StreamId namesAtOnce = 5'000;
constexpr Position probesAtOnce = 63;

StreamInfo streamOf(const PostgresResult& rows, int row)
{
    StreamInfo stream;
    stream.id = rows.integer(row, 0);
    stream.name = rows.string(row, 1);
    stream.category = rows.string(row, 2);
    stream.firstPosition = rows.integer(row, 3);
    stream.headVersion = rows.integer(row, 4);
    stream.headPosition = rows.integer(row, 5);
    return stream;
}

/// How many numbers a page may have, as the end of its range: ids and ranks are dense.
qint64 sizeOf(int limit)
{
    return std::max(limit, 0);
}

} // namespace

Result<qint64> PostgresStreamReader::number(
    std::string_view sql, const PostgresParameters& parameters)
{
    const auto rows = m_session.read(sql, parameters);
    return rows ? Result<qint64>(rows->number(0)) : rows.error();
}

Result<QList<StreamAt>> PostgresStreamReader::page(
    std::string_view sql, const PostgresParameters& parameters)
{
    const auto rows = m_session.read(sql, parameters);
    if (!rows)
        return rows.error();
    QList<StreamAt> streams;
    streams.reserve(rows->rows());
    for (int row = 0; row < rows->rows(); ++row)
        streams.append({ streamOf(*rows, row), rows->integer(row, 6) });
    return streams;
}

Result<std::optional<StreamInfo>> PostgresStreamReader::findStream(const QString& name)
{
    const QByteArray utf8 = name.toUtf8();
    if (utf8.contains('\0') || !name.isValidUtf16())
        return std::optional<StreamInfo>();
    const auto rows = m_session.read(STREAM_COLUMNS " 0" STREAM_TABLES "WHERE s.name = $1",
        PostgresParameters().addText(viewOf(utf8)));
    if (!rows)
        return rows.error();
    if (rows->rows() == 0)
        return std::optional<StreamInfo>();
    return std::optional<StreamInfo>(streamOf(*rows, 0));
}

Result<qint64> PostgresStreamReader::streamCountAt(Position position)
{
    return number("SELECT id FROM stream WHERE first_position <= $1"
                  " ORDER BY first_position DESC LIMIT 1",
        PostgresParameters().add(position));
}

Result<QList<StreamAt>> PostgresStreamReader::streamsAt(
    Position position, StreamId first, int limit)
{
    return page(STREAM_COLUMNS VERSION_AT STREAM_TABLES
        "WHERE s.id >= $2 AND s.id < $3 AND s.first_position <= $1 ORDER BY s.id",
        PostgresParameters().add(position).add(first).add(first + sizeOf(limit)));
}

Result<void> PostgresStreamReader::scanNames(
    StreamId first, StreamId last, const std::function<void(StreamId, std::string_view)>& visitor)
{
    for (StreamId next = std::max<StreamId>(first, 1); next <= last;) {
        const StreamId end = last - next < namesAtOnce ? last : next + namesAtOnce - 1;
        const auto rows
            = m_session.read("SELECT id, name FROM stream WHERE id >= $1 AND id <= $2 ORDER BY id",
                PostgresParameters().add(next).add(end));
        if (!rows)
            return rows.error();
        for (int row = 0; row < rows->rows(); ++row)
            visitor(rows->integer(row, 0), rows->text(row, 1));
        if (rows->rows() == 0 || end == last)
            return {};
        next = end + 1;
    }
    return {};
}

Result<qint64> PostgresStreamReader::categoryCountAt(Position position)
{
    return number("SELECT id FROM category WHERE first_position <= $1"
                  " ORDER BY first_position DESC LIMIT 1",
        PostgresParameters().add(position));
}

Result<QList<CategoryAt>> PostgresStreamReader::categoriesAt(
    Position position, qint64 first, int limit)
{
    const auto rows = m_session.read(
        "SELECT c.id, c.name, (SELECT s.category_rank FROM stream s WHERE s.category_id = c.id"
        " AND s.first_position <= $1 ORDER BY s.first_position DESC LIMIT 1)"
        " FROM category c WHERE c.id >= $2 AND c.id < $3 AND c.first_position <= $1 ORDER BY c.id",
        PostgresParameters().add(position).add(first).add(first + sizeOf(limit)));
    if (!rows)
        return rows.error();
    QList<CategoryAt> categories;
    for (int row = 0; row < rows->rows(); ++row)
        categories.append({ rows->integer(row, 0), rows->string(row, 1), rows->integer(row, 2) });
    return categories;
}

Result<QList<StreamAt>> PostgresStreamReader::streamsOfCategoryAt(
    qint64 category, Position position, qint64 skip, int limit)
{
    const qint64 after = std::max<qint64>(skip, 0);
    return page(STREAM_COLUMNS VERSION_AT STREAM_TABLES
        "WHERE s.category_id = $2 AND s.category_rank > $3 AND s.category_rank <= $4"
        " AND s.first_position <= $1 ORDER BY s.category_rank",
        PostgresParameters().add(position).add(category).add(after).add(after + sizeOf(limit)));
}

Result<QList<StreamAt>> PostgresStreamReader::searchStreams(
    const QString& text, Position position, StreamId after, int limit, const CancelToken& cancel)
{
    const PostgresSessionWatch watch(m_session, cancel);
    const auto last = streamCountAt(position);
    if (!last)
        return last.error();
    const StreamSearch search(text);
    std::vector<qint64> found;
    const auto wanted = static_cast<std::size_t>(sizeOf(limit));
    for (StreamId next = after + 1; next <= *last && found.size() < wanted; next += namesAtOnce) {
        const auto scanned = scanNames(
            next, std::min(*last, next + namesAtOnce - 1), [&](StreamId id, std::string_view name) {
                if (found.size() < wanted && search.matches(name))
                    found.push_back(id);
            });
        if (!scanned)
            return scanned.error();
    }
    if (cancel.isCancelled())
        return Error { ErrorCode::Cancelled, QCoreApplication::translate("Postgres", "cancelled") };
    return page(STREAM_COLUMNS VERSION_AT STREAM_TABLES
        "WHERE s.id = ANY($2::bigint[]) ORDER BY s.id",
        PostgresParameters().add(position).addNumbers(found));
}

Result<StreamVersion> PostgresStreamReader::versionAt(StreamId stream, Position position)
{
    return number("SELECT version FROM event WHERE stream_id = $1 AND position <= $2"
                  " ORDER BY position DESC LIMIT 1",
        PostgresParameters().add(stream).add(position));
}

Result<Position> PostgresStreamReader::positionOf(StreamId stream, StreamVersion version)
{
    const auto position = number("SELECT position FROM event WHERE stream_id = $1 AND version = $2",
        PostgresParameters().add(stream).add(version));
    if (position.ok() && *position == 0)
        return Error { ErrorCode::NotFound,
            QCoreApplication::translate("Postgres", "The stream has no version %1.").arg(version) };
    return position;
}

/// A search that asks for many places at once, since a round trip costs as much as all of them.
Result<Position> PostgresStreamReader::positionAtTime(Timestamp time)
{
    const auto head = number("SELECT position FROM head", {});
    if (!head)
        return head;
    Position low = 0; // Not later than the time, as far as is known.
    Position high = *head + 1; // Later.
    while (high - low > 1) {
        std::vector<qint64> probes;
        const Position step = std::max<Position>((high - low) / (probesAtOnce + 1), 1);
        for (Position probe = low + step; probe < high; probe += step)
            probes.push_back(probe);
        const auto rows = m_session.read("SELECT position, time FROM event"
                                         " WHERE position = ANY($1::bigint[]) ORDER BY position",
            PostgresParameters().addNumbers(probes));
        if (!rows)
            return rows.error();
        // As a search by halves would: where times run backwards, the places it ends at differ.
        int first = -1;
        int last = rows->rows();
        while (last - first > 1) {
            const int middle = first + (last - first) / 2;
            (rows->integer(middle, 1) <= time.microseconds ? first : last) = middle;
        }
        if (last < rows->rows())
            high = rows->integer(last, 0);
        if (first >= 0)
            low = rows->integer(first, 0);
        if (rows->rows() == 0)
            break;
    }
    return low;
}

} // namespace eventloupe
