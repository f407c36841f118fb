#pragma once

#include "store/eventstore.h"
#include "store/sqliteeventreader.h"

#include <vector>

namespace eventloupe {

/// Reads a whole store, in one snapshot, and reports what contradicts itself: the hash chain, gaps
/// in positions and versions, payloads that are not JSON, the tables of streams and categories
/// against the events, the indexes, and a lost tail. Memory: 24 bytes a stream.
class SqliteVerifier final {
public:
    using Report = std::function<void(const StoreFault&)>;
    SqliteVerifier(SqliteConnection& connection, SqliteEventReader& events, HashChain& chain,
        const HeadFile& headFile, const Report& report);

    /// Returns how many events were read; see EventStore::verify().
    Result<qint64> run(const CancelToken& cancel, const std::function<void(Position)>& progress);

private:
    /// What the events say about a stream.
    struct Seen {
        StreamVersion version = 0;
        Position first = 0;
        Position last = 0;
    };

    Result<void> readEvents(
        const CancelToken& cancel, const std::function<void(Position)>& progress);
    void checkEvent(const SqliteStatement& row);
    void checkHash(const EventView& event, std::string_view stored);
    void checkPlace(const EventView& event);
    void checkPayload(Position position, std::string_view payload, const QString& name);
    Result<void> readStreams();
    void checkStream(const SqliteStatement& row);
    Result<void> readCategories();
    Result<void> checkDatabase();
    Result<void> checkTail(const std::optional<LogHead>& known);
    Result<void> tolerate(const Result<void>& step);
    void fault(Position position, const QString& message);

    SqliteConnection& m_connection;
    SqliteEventReader& m_events;
    HashChain& m_chain;
    const HeadFile& m_headFile;
    const Report& m_report;
    qint64 m_read = 0;
    Position m_last = 0;
    EventHash m_previous {};
    std::vector<Seen> m_seen; ///< By stream number.
    StreamId m_lastStream = 0;
    /// First event and number of streams of each category, by its number.
    QHash<qint64, std::pair<Position, qint64>> m_categories;
};

} // namespace eventloupe
