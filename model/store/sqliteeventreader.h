#pragma once

#include "store/eventstore.h"
#include "store/headfile.h"
#include "store/sqliterowtest.h"
#include "store/sqlitestreamnames.h"
#include "store/sqlitetypenames.h"

#include <array>

namespace eventloupe {

/// Reads events by position and by stream; see EventStore for what each call promises.
class SqliteEventReader final {
public:
    explicit SqliteEventReader(SqliteConnection& connection);

    /// The last event's position and hash; zeros when the log is empty. One seek.
    Result<LogHead> head();
    /// Hash of the event at a position; NotFound.
    Result<EventHash> hashAt(Position position);

    Result<QList<Event>> readLog(Position from, int limit);
    Result<QList<Event>> readAt(const QList<Position>& positions);
    Result<void> scanAt(const QList<Position>& positions, ScanColumns columns,
        const CancelToken& cancel, const std::function<bool(const EventView&)>& visitor);
    Result<QList<Event>> readStream(StreamId stream, StreamVersion after, Position upTo, int limit);
    Result<void> scanStream(StreamId stream, StreamVersion after, Position upTo,
        ScanColumns columns, const std::function<bool(const EventView&)>& visitor);
    Result<void> scanLog(Position from, Position to, ScanColumns columns, const CancelToken& cancel,
        const std::function<bool(const EventView&)>& visitor);
    /// The rows from..to that the test admits, or those at some positions. False when the visitor
    /// ended it. For a selection's scan, which holds the snapshot.
    Result<bool> scanRows(Position from, Position to, ScanColumns columns,
        const SqliteRowTest& test, const CancelToken& cancel,
        const std::function<bool(const EventView&)>& visitor);
    Result<bool> scanRowsAt(const std::vector<Position>& positions, ScanColumns columns,
        const SqliteRowTest& test, const CancelToken& cancel,
        const std::function<bool(const EventView&)>& visitor);
    Result<QStringList> types();
    SqliteStreamNames& streamNames() { return m_streams; }
    /// By its number, from what was read before; empty where its row is lost.
    std::string_view streamName(StreamId id) { return m_streams.name(id); }
    const SqliteTypeNames::Name& typeName(qint64 id) { return m_types.name(id); }

    /// Why the name of a stream or a type could not be read since the last call, if any.
    std::optional<Error> takeNameFailure();

    /// Forgets the names of types and streams: after a transaction that made some was rolled back.
    void forgetNames();

private:
    enum class Order { Log, Stream };
    /// What a row's view points to beside the statement; one a scan.
    struct RowBuffers {
        QByteArray id;
        std::string stream;
    };
    static bool admits(const SqliteRowTest& test, const SqliteStatement& row);
    std::string_view scanText(Order order, ScanColumns columns);
    EventView viewOfRow(const SqliteStatement& row, ScanColumns columns, RowBuffers& buffers);
    Result<Event> eventOfRow(const SqliteStatement& row);
    /// Hands a row to the visitor; false when that has enough.
    Result<bool> hand(const SqliteStatement& row, ScanColumns columns, RowBuffers& buffers,
        const std::function<bool(const EventView&)>& visitor);

    SqliteConnection& m_connection;
    SqliteTypeNames m_types;
    SqliteStreamNames m_streams;
    /// By order and columns; made when used.
    std::array<std::array<std::string, 64>, 2> m_scanTexts;
};

} // namespace eventloupe
