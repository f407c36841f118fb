#pragma once

#include "store/eventstore.h"
#include "store/sqliteconnection.h"

namespace eventloupe {

/// Reads streams and categories as they were at a position, and finds positions by time; see
/// EventStore for what each call promises. Everything is a seek, a range read or a binary search.
class SqliteStreamReader final {
public:
    explicit SqliteStreamReader(SqliteConnection& connection)
        : m_connection(connection)
    {
    }

    Result<std::optional<StreamInfo>> findStream(const QString& name);
    Result<qint64> streamCountAt(Position position);
    Result<QList<StreamAt>> streamsAt(Position position, StreamId first, int limit);
    Result<void> scanNames(StreamId first, StreamId last,
        const std::function<void(StreamId, std::string_view)>& visitor);
    Result<qint64> categoryCountAt(Position position);
    Result<QList<CategoryAt>> categoriesAt(Position position, qint64 first, int limit);
    Result<QList<StreamAt>> streamsOfCategoryAt(
        qint64 category, Position position, qint64 skip, int limit);
    Result<QList<StreamAt>> searchStreams(const QString& text, Position position, StreamId after,
        int limit, const CancelToken& cancel);
    Result<StreamVersion> versionAt(StreamId stream, Position position);
    Result<Position> positionOf(StreamId stream, StreamVersion version);
    Result<Position> positionAtTime(Timestamp time);

private:
    Result<StreamVersion> versionIn(const StreamInfo& stream, Position position);
    Result<QList<StreamAt>> pageOfStreams(SqliteStatement& statement, Position position);
    Result<qint64> streamsOf(qint64 category, StreamId lastStream);
    Result<StreamId> streamWithRank(qint64 category, qint64 rank);

    SqliteConnection& m_connection;
};

} // namespace eventloupe
