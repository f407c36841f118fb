#include "store/sqlitestreamreader.h"

#include "store/sqlitetransaction.h"
#include "store/streamsearch.h"

#include <QCoreApplication>

#include <limits>

namespace eventloupe {

namespace {

// The columns that streamOfRow() reads.
#define STREAM_COLUMNS                                                                             \
    "SELECT s.id, s.name, c.name, s.first_position, s.head_version, s.head_position"               \
    " FROM stream s LEFT JOIN category c ON c.id = s.category_id "

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

StreamInfo streamOfRow(const SqliteStatement& row)
{
    StreamInfo stream;
    stream.id = row.integer(0);
    stream.name = textOf(row.text(1));
    stream.category = textOf(row.text(2));
    stream.firstPosition = row.integer(3);
    stream.headVersion = row.integer(4);
    stream.headPosition = row.integer(5);
    return stream;
}

/// The greatest number in (low, high) for which `isBefore` says yes, or `low`. Numbers up to the
/// answer must say yes and those after it no.
template <class Predicate> Result<qint64> lastBefore(qint64 low, qint64 high, Predicate isBefore)
{
    while (high - low > 1) {
        const qint64 middle = low + (high - low) / 2;
        const Result<bool> before = isBefore(middle);
        if (!before)
            return before.error();
        (*before ? low : high) = middle;
    }
    return low;
}

} // namespace

Result<std::optional<StreamInfo>> SqliteStreamReader::findStream(const QString& name)
{
    const QByteArray utf8 = name.toUtf8();
    auto statement = m_connection.prepare(STREAM_COLUMNS "WHERE s.name = ?1");
    statement.bindText(1, viewOf(utf8));
    const auto stepped = statement.step();
    if (!stepped)
        return stepped.error();
    if (!*stepped)
        return std::optional<StreamInfo>();
    return std::optional<StreamInfo>(streamOfRow(statement));
}

Result<qint64> SqliteStreamReader::streamCountAt(Position position)
{
    return m_connection
        .prepare("SELECT id FROM stream WHERE first_position <= ?1"
                 " ORDER BY first_position DESC LIMIT 1")
        .bind(1, position)
        .number(0);
}

Result<void> SqliteStreamReader::scanNames(
    StreamId first, StreamId last, const std::function<void(StreamId, std::string_view)>& visitor)
{
    auto statement = m_connection.prepare(
        "SELECT id, name FROM stream WHERE id >= ?1 AND id <= ?2 ORDER BY id");
    statement.bind(1, first).bind(2, last);
    for (;;) {
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (!*stepped)
            return {};
        visitor(statement.integer(0), statement.text(1));
    }
}

Result<qint64> SqliteStreamReader::categoryCountAt(Position position)
{
    return m_connection
        .prepare("SELECT id FROM category WHERE first_position <= ?1"
                 " ORDER BY first_position DESC LIMIT 1")
        .bind(1, position)
        .number(0);
}

Result<QList<StreamAt>> SqliteStreamReader::pageOfStreams(
    SqliteStatement& statement, Position position)
{
    QList<StreamAt> page;
    for (;;) {
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        // In order of birth: the first stream that is not born yet ends the page.
        if (!*stepped || statement.integer(3) > position)
            return page;
        StreamAt stream { streamOfRow(statement), 0 };
        const auto version = versionIn(stream.info, position);
        if (!version)
            return version.error();
        stream.version = *version;
        page.append(std::move(stream));
    }
}

Result<QList<StreamAt>> SqliteStreamReader::streamsAt(Position position, StreamId first, int limit)
{
    const SqliteSnapshot snapshot(m_connection);
    auto statement = m_connection.prepare(STREAM_COLUMNS "WHERE s.id >= ?1 ORDER BY s.id LIMIT ?2");
    statement.bind(1, first).bind(2, std::max(limit, 0));
    return pageOfStreams(statement, position);
}

Result<qint64> SqliteStreamReader::streamsOf(qint64 category, StreamId lastStream)
{
    auto newest = m_connection.prepare("SELECT category_rank, id FROM stream WHERE category_id = ?1"
                                       " ORDER BY category_rank DESC LIMIT 1");
    newest.bind(1, category);
    const auto stepped = newest.step();
    if (!stepped)
        return stepped.error();
    if (!*stepped)
        return 0;
    const qint64 streams = newest.integer(0);
    if (newest.integer(1) <= lastStream)
        return streams;
    return lastBefore(0, streams, [&](qint64 rank) -> Result<bool> {
        const auto id = streamWithRank(category, rank);
        if (!id)
            return id.error();
        return *id <= lastStream;
    });
}

Result<StreamId> SqliteStreamReader::streamWithRank(qint64 category, qint64 rank)
{
    return m_connection
        .prepare("SELECT id FROM stream WHERE category_id = ?1 AND category_rank = ?2")
        .bind(1, category)
        .bind(2, rank)
        .number(std::numeric_limits<qint64>::max());
}

Result<QList<CategoryAt>> SqliteStreamReader::categoriesAt(
    Position position, qint64 first, int limit)
{
    const SqliteSnapshot snapshot(m_connection);
    const auto lastStream = streamCountAt(position);
    if (!lastStream)
        return lastStream.error();
    auto statement = m_connection.prepare("SELECT id, name, first_position FROM category"
                                          " WHERE id >= ?1 ORDER BY id LIMIT ?2");
    statement.bind(1, first).bind(2, std::max(limit, 0));
    QList<CategoryAt> categories;
    for (;;) {
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (!*stepped || statement.integer(2) > position)
            return categories;
        const auto streams = streamsOf(statement.integer(0), *lastStream);
        if (!streams)
            return streams.error();
        categories.append({ statement.integer(0), textOf(statement.text(1)), *streams });
    }
}

Result<QList<StreamAt>> SqliteStreamReader::streamsOfCategoryAt(
    qint64 category, Position position, qint64 skip, int limit)
{
    const SqliteSnapshot snapshot(m_connection);
    auto statement = m_connection.prepare(STREAM_COLUMNS
        "WHERE s.category_id = ?1 AND s.category_rank > ?2 ORDER BY s.category_rank LIMIT ?3");
    statement.bind(1, category).bind(2, std::max<qint64>(skip, 0)).bind(3, std::max(limit, 0));
    return pageOfStreams(statement, position);
}

Result<QList<StreamAt>> SqliteStreamReader::searchStreams(
    const QString& text, Position position, StreamId after, int limit, const CancelToken& cancel)
{
    QList<StreamAt> found;
    if (limit <= 0)
        return found;
    const SqliteSnapshot snapshot(m_connection);
    const SqliteWatch watch(m_connection, cancel);
    const StreamSearch search(text);
    auto statement = m_connection.prepare(STREAM_COLUMNS "WHERE s.id > ?1 ORDER BY s.id");
    statement.bind(1, after);
    while (found.size() < limit) {
        if (cancel.isCancelled())
            return Error { ErrorCode::Cancelled,
                QCoreApplication::translate("SqliteStore", "cancelled") };
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (!*stepped || statement.integer(3) > position)
            break;
        if (!search.matches(statement.text(1)))
            continue;
        StreamAt stream { streamOfRow(statement), 0 };
        const auto version = versionIn(stream.info, position);
        if (!version)
            return version.error();
        stream.version = *version;
        found.append(std::move(stream));
    }
    return found;
}

Result<StreamVersion> SqliteStreamReader::versionAt(StreamId stream, Position position)
{
    const SqliteSnapshot snapshot(m_connection);
    auto statement = m_connection.prepare(
        "SELECT first_position, head_version, head_position FROM stream WHERE id = ?1");
    statement.bind(1, stream);
    const auto stepped = statement.step();
    if (!stepped)
        return stepped.error();
    if (!*stepped)
        return 0;
    StreamInfo info;
    info.id = stream;
    info.firstPosition = statement.integer(0);
    info.headVersion = statement.integer(1);
    info.headPosition = statement.integer(2);
    return versionIn(info, position);
}

Result<StreamVersion> SqliteStreamReader::versionIn(const StreamInfo& stream, Position position)
{
    if (position >= stream.headPosition)
        return stream.headVersion;
    if (position < stream.firstPosition)
        return 0;
    auto statement
        = m_connection.prepare("SELECT position FROM event WHERE stream_id = ?1 AND version = ?2");
    statement.bind(1, stream.id);
    return lastBefore(1, stream.headVersion, [&](StreamVersion version) -> Result<bool> {
        const auto at = statement.bind(2, version).number(std::numeric_limits<qint64>::max());
        if (!at)
            return at.error();
        return *at <= position;
    });
}

Result<Position> SqliteStreamReader::positionOf(StreamId stream, StreamVersion version)
{
    const auto position
        = m_connection.prepare("SELECT position FROM event WHERE stream_id = ?1 AND version = ?2")
              .bind(1, stream)
              .bind(2, version)
              .number(0);
    if (position.ok() && *position == 0)
        return Error {
            ErrorCode::NotFound,
            QCoreApplication::translate("SqliteStore", "The stream has no version %1.").arg(version)
        };
    return position;
}

Result<Position> SqliteStreamReader::positionAtTime(Timestamp time)
{
    const SqliteSnapshot snapshot(m_connection);
    const auto head
        = m_connection.prepare("SELECT position FROM event ORDER BY position DESC LIMIT 1")
              .number(0);
    if (!head)
        return head;
    auto statement = m_connection.prepare("SELECT time FROM event WHERE position = ?1");
    return lastBefore(0, *head + 1, [&](Position position) -> Result<bool> {
        const auto at = statement.bind(1, position).number(std::numeric_limits<qint64>::max());
        if (!at)
            return at.error();
        return *at <= time.microseconds;
    });
}

} // namespace eventloupe
