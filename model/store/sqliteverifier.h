#pragma once

#include "store/eventstore.h"
#include "store/sqliteeventreader.h"
#include "store/sqliteindexcheck.h"

#include <vector>

namespace eventloupe {

class SqliteEventStore;
struct DatabaseFaults;
struct VerifiedPiece;

/// Reads a whole store, as it is in one snapshot, and reports what contradicts itself: the hash
/// chain, gaps in positions and versions, payloads that are not JSON, the tables of streams and
/// categories against the events, the indexes, and a lost tail. The events are read in pieces, on
/// every core, and SQLite's own check runs beside them; faults are told in the order of the log.
/// From the first one on, the file is known to be damaged (DamageNotice).
/// Memory: 24 bytes a stream.
class SqliteVerifier final {
public:
    using Report = std::function<void(const StoreFault&)>;
    SqliteVerifier(SqliteEventStore& store, SqliteConnection& connection, SqliteEventReader& events,
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

    Result<void> readLog(const Result<Position>& head, const std::optional<LogHead>& known,
        const CancelToken& cancel, const std::function<void(Position)>& progress);
    Result<void> readEvents(Position head, const CancelToken& cancel,
        const std::function<void(Position)>& progress);
    void takePiece(const VerifiedPiece& piece);
    void tellUnreadable(const VerifiedPiece& piece, std::size_t& next, Position before);
    void checkPlace(Position position, StreamId stream, StreamVersion version, bool isSound);
    void addUnplaced(qint64 events);
    [[nodiscard]] bool isExplained(qint64 missing);
    Result<void> readStreams();
    void checkStream(const SqliteStatement& row);
    Result<void> readCategories();
    Result<void> takeCheck(const DatabaseFaults& faults);
    Result<void> lookUp(const CancelToken& cancel);
    Result<void> checkTail(const std::optional<LogHead>& known);
    Result<void> tolerate(const Result<void>& step, const QString& consequence);
    static QString missingText(Position from, Position to);
    void fault(Position position, const QString& message) { m_report({ position, message }); }

    SqliteEventStore& m_store;
    SqliteConnection& m_connection;
    SqliteEventReader& m_events;
    const HeadFile& m_headFile;
    const Report& m_told; ///< What is no damage of the file itself.
    const Report m_report; ///< What is.
    IndexSums::Key m_key;
    SummedEvents m_summed; ///< What the pieces read.
    qint64 m_read = 0;
    Position m_last = 0;
    /// Events that are named as lost or changed, and whose places in streams are not known: so many
    /// gaps in streams are no faults of the events behind them.
    qint64 m_unplaced = 0;
    bool m_hasLost = false; ///< Whether there was any.
    std::vector<Seen> m_seen; ///< By stream number.
    StreamId m_lastStream = 0;
    /// First event and number of streams of each category, by its number.
    QHash<qint64, std::pair<Position, qint64>> m_categories;
};

} // namespace eventloupe
