#pragma once

#include "postgres/postgresnames.h"
#include "store/eventstore.h"

namespace eventloupe {

/// Reads events by position and by stream; see EventStore for what each call promises.
///
/// A scan is a row of statements over ranges of positions or versions, never a cursor: events never
/// change, so that ranges up to a head that was seen are one snapshot however many statements read
/// them, no transaction stays open on the server, and where the connection is lost the scan goes on
/// where it was.
class PostgresEventReader final {
public:
    using Visitor = std::function<bool(const EventView&)>;

    PostgresEventReader(PostgresSession& session, PostgresNames& names)
        : m_session(session)
        , m_names(names)
    {
    }

    Result<QList<Event>> readLog(Position from, int limit);
    Result<QList<Event>> readAt(const QList<Position>& positions);
    Result<void> scanAt(const QList<Position>& positions, ScanColumns columns,
        const CancelToken& cancel, const Visitor& visitor);
    Result<QList<Event>> readStream(StreamId stream, StreamVersion after, Position upTo, int limit);
    Result<void> scanStream(StreamId stream, StreamVersion after, Position upTo,
        ScanColumns columns, const Visitor& visitor);
    Result<void> scanLog(Position from, Position to, ScanColumns columns, const CancelToken& cancel,
        const Visitor& visitor);
    Result<QStringList> types();
    /// See EventStore::hashAt(); not of position 0.
    Result<EventHash> hashAt(Position position);

    /// The columns of a row that hand() and eventOf() read, from "event e".
    static std::string selectText(ScanColumns columns);
    /// Makes the names known that rows of selectText() need.
    Result<void> learn(const PostgresResult& rows, ScanColumns columns);
    /// Hands rows first..first+count-1 to the visitor; false when that has enough. Cancelled.
    Result<bool> hand(const PostgresResult& rows, ScanColumns columns, const CancelToken& cancel,
        const Visitor& visitor);

private:
    [[nodiscard]] EventView viewOf(const PostgresResult& rows, int row, ScanColumns columns) const;
    Result<QList<Event>> eventsOf(const PostgresResult& rows);

    PostgresSession& m_session;
    PostgresNames& m_names;
};

/// How many rows the next statement of a scan asks for, so that an answer holds about 4 MB.
class PostgresBlockSize final {
public:
    [[nodiscard]] int rows() const { return m_rows; }
    void note(const PostgresResult& rows);

private:
    int m_rows = 64;
};

} // namespace eventloupe
