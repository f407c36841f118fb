#pragma once

#include "postgres/postgresconnection.h"
#include "store/eventstore.h"
#include "store/hashchain.h"

#include <QHash>

#include <string>
#include <vector>

namespace eventloupe {

/// Reads a whole store in one snapshot and reports what contradicts itself: the hash chain, gaps in
/// positions and versions, payloads that are not JSON, and the tables of streams, categories and
/// the head against the events. Memory: 24 bytes a stream, and the streams' names.
class PostgresVerifier final {
public:
    using Report = std::function<void(const StoreFault&)>;
    PostgresVerifier(PostgresConnection& connection, HashChain& chain, const Report& report);

    /// Returns how many events were read; see EventStore::verify().
    Result<qint64> run(const CancelToken& cancel, const std::function<void(Position)>& progress);

private:
    /// What the events say about a stream.
    struct Seen {
        StreamVersion version = 0;
        Position first = 0;
        Position last = 0;
    };
    Result<qint64> read(const CancelToken& cancel, const std::function<void(Position)>& progress);
    Result<void> readNames();
    Result<void> readEvents(
        const CancelToken& cancel, const std::function<void(Position)>& progress);
    void checkEvent(const PostgresResult& rows, int row);
    void checkPayload(Position position, std::string_view payload, const QString& name);
    void checkPlace(Position position, StreamId stream, StreamVersion version);
    Result<void> checkHead();
    Result<void> checkStreams();
    void checkStream(const PostgresResult& row);
    Result<void> checkCategories();
    void fault(Position position, const QString& message);

    PostgresConnection& m_connection;
    HashChain& m_chain;
    const Report& m_report;
    EventHash m_hash {};
    qint64 m_read = 0;
    Position m_last = 0;
    std::vector<std::string> m_streamNames; ///< By number; 0 is none.
    QHash<qint64, std::string> m_typeNames;
    std::vector<Seen> m_seen; ///< By stream number.
    StreamId m_lastStream = 0;
    /// First event and number of streams of each category, by its number.
    QHash<qint64, std::pair<Position, qint64>> m_categories;
};

} // namespace eventloupe
