#include "store/sqliteverifypiece.h"

#include "value/json.h"

#include <QCoreApplication>

#include <cstring>
#include <limits>

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("SqliteVerifier", text);
}

class PieceVerifier {
public:
    PieceVerifier(SqliteConnection& connection, SqliteEventReader& events, const LogPiece& piece)
        : m_connection(connection)
        , m_events(events)
        , m_piece(piece)
    {
    }

    Result<void> run(const CancelToken& cancel, VerifiedPiece& found)
    {
        const auto start = findAnchor();
        if (!start)
            return start.error();
        auto statement = m_connection.prepare(
            "SELECT position, stream_id, version, type_id, time, id, hash, data, metadata"
            " FROM event WHERE position >= ?1 AND position <= ?2 ORDER BY position");
        statement.bind(1, *start).bind(2, m_piece.to);
        for (;;) {
            if (cancel.isCancelled())
                return Error { ErrorCode::Cancelled, tr("cancelled") };
            const auto stepped = statement.step();
            if (!stepped)
                return stepped.error();
            if (!*stepped)
                return {};
            check(statement, found);
        }
    }

private:
    /// Where to start reading: behind the last event before the piece that has a hash to go by.
    Result<Position> findAnchor()
    {
        constexpr Position first = std::numeric_limits<Position>::min();
        if (m_piece.from == first)
            return first;
        auto statement = m_connection.prepare(
            "SELECT position, hash FROM event WHERE position < ?1 AND length(hash) = 32"
            " ORDER BY position DESC LIMIT 1");
        statement.bind(1, m_piece.from);
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (!*stepped)
            return first;
        takeHash(statement.blob(1));
        return statement.integer(0) + 1;
    }

    bool takeHash(std::string_view stored)
    {
        if (stored.size() != m_previous.size())
            return false;
        std::memcpy(m_previous.data(), stored.data(), stored.size());
        return true;
    }

    void check(const SqliteStatement& row, VerifiedPiece& found)
    {
        EventView event;
        event.position = row.integer(0);
        event.streamId = row.integer(1);
        event.stream = m_events.streamName(event.streamId);
        event.version = row.integer(2);
        const QByteArray& type = m_events.typeName(row.integer(3)).utf8;
        event.type = viewOf(type);
        event.time.microseconds = row.integer(4);
        event.id = row.eventId(5, m_idBuffer);
        const std::string_view hash = row.blob(6);
        event.data = row.text(7);
        event.metadata = row.text(8);
        const bool hasStream = !event.stream.empty(); // no stream's name is

        const EventHash expected = m_chain.next(m_previous, event);
        const bool fits = hash.size() == expected.size()
            && std::memcmp(hash.data(), expected.data(), expected.size()) == 0;
        if (!takeHash(hash))
            m_previous = expected;
        if (event.position < m_piece.from)
            return; // Read for its hash alone.
        found.places.push_back({ event.position, event.streamId, event.version, hasStream });
        if (type.isNull())
            addFault(found, tr("Event %1 has an unknown type.").arg(event.position));
        if (!fits)
            addFault(found,
                tr("Event %1 does not fit the hash chain: it, or the event before it, was changed.")
                    .arg(event.position));
        if (!hasStream)
            addFault(found, tr("Event %1 has an unknown stream.").arg(event.position));
        checkPayload(found, event.position, event.data, QStringLiteral("data"));
        checkPayload(found, event.position, event.metadata, QStringLiteral("metadata"));
    }

    static void addFault(VerifiedPiece& found, const QString& message, bool isOfPayload = false)
    {
        found.faults.push_back({ found.places.size() - 1, isOfPayload, message });
    }

    static void checkPayload(
        VerifiedPiece& found, Position position, std::string_view payload, const QString& name)
    {
        if (const auto fault = findJsonFault(payload))
            addFault(found,
                tr("The %1 of event %2 is not JSON: byte %3: %4")
                    .arg(name)
                    .arg(position)
                    .arg(fault->offset)
                    .arg(fault->reason),
                true);
    }

    SqliteConnection& m_connection;
    SqliteEventReader& m_events;
    LogPiece m_piece;
    HashChain m_chain;
    EventHash m_previous {};
    QByteArray m_idBuffer;
};

} // namespace

VerifiedPiece verifyPiece(SqliteConnection& connection, SqliteEventReader& events,
    const LogPiece& piece, const CancelToken& cancel)
{
    VerifiedPiece found;
    const SqliteWatch watch(connection, cancel);
    if (const auto read = PieceVerifier(connection, events, piece).run(cancel, found); !read)
        found.failure = read.error();
    return found;
}

} // namespace eventloupe
