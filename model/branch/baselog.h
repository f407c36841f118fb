#pragma once

#include "store/eventstore.h"

#include <QHash>
#include <QStringList>

#include <map>
#include <unordered_map>

namespace eventloupe {

/// The log that is branched, up to a position, which never changes: what was asked of it once is
/// remembered. On the store's thread.
class BaseLog final {
public:
    BaseLog(EventStore& store, Position last)
        : m_store(store)
        , m_last(last)
    {
    }

    [[nodiscard]] EventStore& store() const { return m_store; }
    /// The position that it is taken up to.
    [[nodiscard]] Position last() const { return m_last; }

    /// The events at these positions, all of which are there, by position.
    Result<void> load(const QList<Position>& positions);
    /// One that was loaded.
    [[nodiscard]] const Event& event(Position position) const { return m_events.at(position); }

    /// By name, as it is at the last position; nothing where it is not there yet.
    Result<std::optional<StreamInfo>> findStream(const QString& name);
    /// What the store says of a stream that exists, as it is at the last position.
    Result<StreamInfo> cut(StreamInfo info);
    Result<StreamVersion> versionAt(const StreamInfo& stream, Position position);
    Result<Position> positionOf(StreamId stream, StreamVersion version);
    Result<qint64> streamCountAt(Position position);
    Result<qint64> categoryCountAt(Position position);
    /// The number of a category; 0 where there is none up to the last position. `firstStreamAt`
    /// is where one of its streams begins, or 0.
    Result<qint64> findCategory(const QString& name, Position firstStreamAt);
    /// How many streams of a category there are at a position.
    Result<qint64> streamsOfCategoryAt(qint64 category, Position position);

private:
    EventStore& m_store;
    Position m_last;
    std::map<Position, Event> m_events;
    QHash<QString, std::optional<StreamInfo>> m_streams;
    std::map<std::pair<StreamId, Position>, StreamVersion> m_versions;
    std::map<std::pair<StreamId, StreamVersion>, Position> m_positions;
    std::unordered_map<Position, qint64> m_streamCounts;
    std::unordered_map<Position, qint64> m_categoryCounts;
    QHash<QString, qint64> m_categories; ///< Those that were read so far, in order.
    qint64 m_categoriesRead = 0;
    std::map<std::pair<qint64, Position>, qint64> m_streamsOfCategories;
};

} // namespace eventloupe
