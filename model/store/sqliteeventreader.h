#pragma once

#include "store/eventstore.h"
#include "store/headfile.h"
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
    Result<QList<Event>> readStream(StreamId stream, StreamVersion after, Position upTo, int limit);
    Result<void> scanStream(StreamId stream, StreamVersion after, Position upTo,
        ScanColumns columns, const std::function<bool(const EventView&)>& visitor);
    Result<void> scanLog(Position from, Position to, ScanColumns columns, const CancelToken& cancel,
        const std::function<bool(const EventView&)>& visitor);
    Result<QStringList> types();

    void forgetTypes() { m_types.clear(); }

private:
    enum class Order { Log, Stream };
    std::string_view scanText(Order order, ScanColumns columns);
    EventView viewOfRow(const SqliteStatement& row, ScanColumns columns, QByteArray& idBuffer);
    Event eventOfRow(const SqliteStatement& row);

    SqliteConnection& m_connection;
    SqliteTypeNames m_types;
    std::array<std::array<std::string, 64>, 2>
        m_scanTexts; ///< By order and columns; made when used.
};

} // namespace eventloupe
