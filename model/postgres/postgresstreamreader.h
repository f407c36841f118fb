#pragma once

#include "postgres/postgressession.h"
#include "store/eventstore.h"

namespace eventloupe {

/// Reads streams and categories as they were at a position, and finds positions by time; see
/// EventStore for what each call promises. Each call is one statement of seeks and short ranges,
/// however many streams it gives, since a round trip may cost more than all of them; a search and
/// positionAtTime() take a few.
class PostgresStreamReader final {
public:
    explicit PostgresStreamReader(PostgresSession& session)
        : m_session(session)
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
    Result<qint64> number(std::string_view sql, const PostgresParameters& parameters);
    Result<QList<StreamAt>> page(std::string_view sql, const PostgresParameters& parameters);

    PostgresSession& m_session;
};

} // namespace eventloupe
