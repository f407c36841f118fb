#include "store/sqliteverifypiece.h"

#include "value/json.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstring>
#include <limits>
#include <string>
#include <utility>

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("SqliteVerifier", text);
}

constexpr const char* columns
    = "SELECT position, stream_id, version, type_id, time, id, hash, data, metadata FROM event ";

/// How far behind a damaged page an event is looked for, one position at a time.
constexpr Position mostProbes = 1'000'000;

/// What a row takes at least: its hash alone has 32 bytes.
constexpr qint64 smallestRow = 40;

/// Whether a position follows another; a damaged file may have any.
bool follows(Position position, Position before)
{
    return position > before && position == before + 1;
}

class PieceVerifier {
public:
    PieceVerifier(SqliteConnection& connection, SqliteEventReader& events, const LogPiece& piece,
        bool keepsEvents)
        : m_connection(connection)
        , m_events(events)
        , m_piece(piece)
        , m_keeps(keepsEvents)
    {
    }

    Result<void> run(const CancelToken& cancel, VerifiedPiece& found)
    {
        if (const auto start = findAnchor(); start)
            m_next = *start;
        else if (start.error().code == ErrorCode::Corrupt)
            m_next = m_piece.from;
        else
            return start.error();
        for (;;) {
            const auto read = scan(cancel, found);
            if (read.ok() || read.error().code != ErrorCode::Corrupt)
                return read;
            if (m_next == last && m_lastRead == last) // Nothing can stand behind it.
                return {};
            const auto passed = passDamage(read.error(), cancel, found);
            if (!passed)
                return passed.error();
            if (!*passed)
                return {};
        }
    }

private:
    static constexpr Position first = std::numeric_limits<Position>::min();
    static constexpr Position last = std::numeric_limits<Position>::max();

    /// Where to start reading: two events before the piece, behind one that has a hash to go by.
    /// The event before the piece is read as well, since its own stored hash may be wrong.
    Result<Position> findAnchor()
    {
        if (m_piece.from == first)
            return first;
        auto statement = m_connection.prepare(
            "SELECT position, hash FROM event WHERE position < ?1 - 1 AND length(hash) = 32"
            " ORDER BY position DESC LIMIT 1");
        statement.bind(1, m_piece.from);
        const auto stepped = statement.step();
        if (!stepped)
            return stepped.error();
        if (!*stepped)
            return first;
        (void)takeHash(statement.blob(1));
        m_otherPrevious = m_previous;
        m_lastRead = statement.integer(0);
        return m_lastRead + 1;
    }

    /// Reads on, up to two events behind the piece: the first can prove the piece's last one, and
    /// a single one may be an event of the piece whose position was changed in its place.
    Result<void> scan(const CancelToken& cancel, VerifiedPiece& found)
    {
        auto statement = m_connection.prepare(std::string(columns)
            + "WHERE position >= ?1 ORDER BY position");
        statement.bind(1, m_next);
        for (int behind = 0; behind < 2;) {
            if (cancel.isCancelled())
                return Error { ErrorCode::Cancelled, tr("cancelled") };
            const auto stepped = statement.step();
            if (!stepped)
                return stepped.error();
            if (!*stepped)
                return {};
            behind = statement.integer(0) > m_piece.to ? behind + 1 : 0;
            if (const auto checked = check(statement, found); !checked)
                return checked;
        }
        return {};
    }

    /// Looks for the next event behind a damaged page, by its position; false at the piece's end.
    Result<bool> passDamage(const Error& damage, const CancelToken& cancel, VerifiedPiece& found)
    {
        const Position from = std::max<Position>(m_next, 1);
        if (from > m_piece.to)
            return false;
        if (m_piece.isFar) {
            addUnreadable(found, from, m_piece.to);
            return false;
        }
        auto statement = m_connection.prepare(std::string(columns) + "WHERE position = ?1");
        for (Position position = from;; ++position) {
            if (cancel.isCancelled())
                return Error { ErrorCode::Cancelled, tr("cancelled") };
            if (position - from > mostProbes)
                return damage;
            const auto stepped = statement.bind(1, position).step();
            if (!stepped && stepped.error().code != ErrorCode::Corrupt)
                return stepped.error();
            if (!stepped)
                addUnreadable(found, position, position);
            if (stepped.ok() && *stepped) {
                const auto checked = check(statement, found);
                return checked ? Result(true) : checked.error();
            }
            statement.reset();
            if (position == m_piece.to)
                return false;
        }
    }

    void addUnreadable(VerifiedPiece& found, Position from, Position to) const
    {
        from = std::max(from, m_piece.from);
        if (from > to)
            return;
        if (!found.unreadable.empty() && found.unreadable.back().to == from - 1)
            found.unreadable.back().to = to;
        else
            found.unreadable.push_back({ from, to, m_piece.isFar });
    }

    bool takeHash(std::string_view stored)
    {
        if (stored.size() != m_previous.size())
            return false;
        std::memcpy(m_previous.data(), stored.data(), stored.size());
        return true;
    }

    Result<void> check(const SqliteStatement& row, VerifiedPiece& found)
    {
        EventView event;
        event.position = row.integer(0);
        event.streamId = row.integer(1);
        event.version = row.integer(2);
        auto failure = readNames(row, event);
        // A disk that fails now and then is read again, as it is for rows; a damaged page leaves
        // the names unknown.
        if (failure && failure->code == ErrorCode::Corrupt)
            failure = readNames(row, event);
        if (failure && failure->code != ErrorCode::Corrupt)
            return *failure;
        event.time.microseconds = row.integer(4);
        const bool isOfPiece = event.position >= m_piece.from && event.position <= m_piece.to;
        // Before the id is read as a text, which turns its bytes into UTF-8 where the file's are
        // not: another program may have made it with PRAGMA encoding.
        if (isOfPiece && found.sums)
            found.sums->addEvent(event.position, event.streamId, event.version, row.integer(3),
                row.blob(5), row.isText(5));
        event.id = row.eventId(5, m_idBuffer);
        const std::string_view hash = row.blob(6);
        event.data = row.text(7);
        event.metadata = row.text(8);
        const auto fit = hold(event, hash, found);
        if (!isOfPiece)
            return {}; // Read for its hash alone.
        take(event, event.type.data() != nullptr, fit, found);
        return {};
    }

    std::optional<Error> readNames(const SqliteStatement& row, EventView& event)
    {
        event.stream = m_events.streamName(event.streamId);
        const QByteArray& type = m_events.typeName(row.integer(3)).utf8;
        event.type = type.isNull() ? std::string_view() : viewOf(type);
        return m_events.takeNameFailure();
    }

    /// Holds an event against the hash before it, or against what that should be: then the hash
    /// alone was changed of the event before, which is what it was.
    VerifiedPiece::Trust hold(const EventView& event, std::string_view hash, VerifiedPiece& found)
    {
        using Trust = VerifiedPiece::Trust;
        const auto equals = [&hash](const EventHash& expected) {
            return hash.size() == expected.size()
                && std::memcmp(hash.data(), expected.data(), expected.size()) == 0;
        };
        // Whatever stands before the first, which nothing can: the chain begins with it.
        const bool isFirst = event.position == 1;
        const bool isNext = isFirst || follows(event.position, m_lastRead);
        if (isFirst)
            m_previous = m_otherPrevious = {};
        const EventHash expected = m_chain.next(m_previous, event);
        EventHash own = expected;
        bool fits = equals(expected);
        if (!fits && m_otherPrevious != m_previous) {
            const EventHash other = m_chain.next(m_otherPrevious, event);
            fits = equals(other);
            if (fits)
                own = other;
            auto* before = found.places.empty() ? nullptr : &found.places.back();
            if (fits && isNext && before && follows(event.position, before->position))
                before->trust = Trust::Proven;
        }
        m_lastRead = event.position;
        if (event.position <= m_piece.to)
            m_next = std::max(m_next, std::min(event.position, last - 1) + 1);
        m_otherPrevious = own;
        if (!takeHash(hash))
            m_previous = own;
        const Trust trust = fits ? Trust::Proven : (isNext ? Trust::Unsound : Trust::Unproven);
        m_wasUnsound = std::exchange(m_isUnsound, trust == Trust::Unsound);
        return trust;
    }

    void take(
        const EventView& event, bool hasType, VerifiedPiece::Trust trust, VerifiedPiece& found)
    {
        using Trust = VerifiedPiece::Trust;
        const bool hasStream = !event.stream.empty(); // no stream's name is
        found.places.push_back(
            { event.position, event.streamId, event.version, hasStream, trust, -1 });
        if (!hasType)
            addFault(found, tr("Event %1 has an unknown type.").arg(event.position));
        addChainFault(found, event.position, trust);
        if (!hasStream)
            addFault(found, tr("Event %1 has an unknown stream.").arg(event.position));
        const auto before = found.faults.size();
        checkPayload(found, event.position, event.data, QStringLiteral("data"));
        checkPayload(found, event.position, event.metadata, QStringLiteral("metadata"));
        if (!hasType || !hasStream || found.faults.size() > before)
            found.places.back().trust = Trust::Unsound;
        else if (m_keeps)
            keep(event, found);
    }

    void addChainFault(VerifiedPiece& found, Position position, VerifiedPiece::Trust trust) const
    {
        using Trust = VerifiedPiece::Trust;
        if (trust == Trust::Proven)
            return;
        if (trust == Trust::Unproven)
            addFault(found,
                tr("Event %1 cannot be proven: the event before it is lost, and with it the hash "
                   "that would prove this one.")
                    .arg(position));
        else if (position <= 1) // There is none before it.
            addFault(
                found, tr("Event %1 does not fit the hash chain: it was changed.").arg(position));
        else if (m_wasUnsound)
            addFault(found,
                tr("Event %1 does not fit the hash chain: it was changed, or event %2 was, together "
                   "with its hash.")
                    .arg(position)
                    .arg(position - 1));
        else
            addFault(found,
                tr("Event %1 does not fit the hash chain: it, or the event before it, was changed.")
                    .arg(position));
        found.faults.back().isOfChain = true;
    }

    /// Also what does not fit: the next event may prove it, see hold().
    static void keep(const EventView& event, VerifiedPiece& found)
    {
        EventTexts texts { event.stream, event.type, event.id, event.time, {}, {} };
        if (texts.data.check(event.data) || texts.metadata.check(event.metadata))
            return;
        if (const auto added = found.events.add(texts); added)
            found.places.back().kept = static_cast<int>(found.events.size()) - 1;
    }

    static void addFault(VerifiedPiece& found, const QString& message, bool isOfPayload = false)
    {
        found.faults.push_back({ found.places.size() - 1, isOfPayload, false, message });
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
    bool m_keeps;
    HashChain m_chain;
    EventHash m_previous {};
    EventHash m_otherPrevious {}; ///< What the event before should have, going by its content.
    bool m_isUnsound = false; ///< The event that was read last did not fit,
    bool m_wasUnsound = false; ///< and the one before it.
    Position m_lastRead = 0;
    Position m_next = first;
    QByteArray m_idBuffer;
};

} // namespace

QString VerifiedPiece::unreadableReason()
{
    return tr("its page of the file is damaged");
}

std::vector<LogPiece> piecesToVerify(
    SqliteConnection& connection, Position head, Position eventsInPiece)
{
    // Before the first event as well, since a damaged file may have events anywhere.
    constexpr Position mostPieces = 10'000;
    const auto pages = connection.prepare("PRAGMA page_count").number(0);
    const auto size = connection.prepare("PRAGMA page_size").number(0);
    const Position room = pages && size ? std::max<Position>(*pages * *size / smallestRow, 1)
                                        : std::numeric_limits<Position>::max();
    const Position near = std::min(head, room);
    auto pieces = piecesOf(1, near, std::max(eventsInPiece, near / mostPieces));
    if (pieces.empty())
        pieces.push_back({ 1, head });
    if (near < head && near >= 1)
        pieces.push_back({ near + 1, head, true });
    pieces.front().from = std::numeric_limits<Position>::min();
    return pieces;
}

QString VerifiedPiece::Unreadable::text() const
{
    return from == to
        ? tr("Event %1 cannot be read: %2.").arg(from).arg(unreadableReason())
        : tr("Events %1 to %2 cannot be read: %3.").arg(from).arg(to).arg(unreadableReason());
}

VerifiedPiece verifyPiece(SqliteConnection& connection, SqliteEventReader& events,
    const LogPiece& piece, const PieceWish& wish, const CancelToken& cancel)
{
    VerifiedPiece found;
    if (wish.sums)
        found.sums.emplace(*wish.sums);
    const SqliteWatch watch(connection, cancel);
    PieceVerifier verifier(connection, events, piece, wish.events);
    if (const auto read = verifier.run(cancel, found); !read)
        found.failure = read.error();
    return found;
}

} // namespace eventloupe
