#pragma once

#include "store/checkedevents.h"
#include "store/hashchain.h"
#include "store/indexsums.h"
#include "store/piecescan.h"
#include "store/sqliteeventreader.h"

#include <optional>
#include <vector>

namespace eventloupe {

/// What a thread found out about a piece of the log by itself: all but whether the events' places
/// in the log and in their streams follow each other.
struct VerifiedPiece {
    enum class Trust : quint8 {
        Proven, ///< As it was stored: the hash chain says so.
        /// Nothing is wrong with it, but the event before it, and with it the hash that would prove
        /// this one, is lost.
        Unproven,
        Unsound,
    };
    /// An event's place, to be checked in order.
    struct Place {
        Position position = 0;
        StreamId stream = 0;
        StreamVersion version = 0;
        bool hasStream = false; ///< Whether the stream is known.
        Trust trust = Trust::Proven;
        int kept = -1; ///< Its number among the events that are kept; -1: it is not.
    };
    /// Events on damaged pages, from..to; they are not among the places.
    struct Unreadable {
        Position from = 0;
        Position to = 0;
        bool isFar = false; ///< Behind what the file has room for, see piecesToVerify().
        [[nodiscard]] QString text() const; ///< That they cannot be read, for people.
    };
    struct Fault {
        std::size_t event = 0; ///< Its number among the places.
        bool isOfPayload = false; ///< Told after the fault of the place, if any, else before it.
        bool isOfChain = false; ///< Of its hash alone, which the next event may prove wrong.
        QString message;
    };
    /// Why what is unreadable is: "its page of the file is damaged".
    [[nodiscard]] static QString unreadableReason();
    /// Whether an event does not fit its place, and the next one goes back before it: it is the one
    /// that is out of order, not those that follow.
    [[nodiscard]] bool isAhead(std::size_t place) const
    {
        return places[place].trust != Trust::Proven && place + 1 < places.size()
            && places[place + 1].position <= places[place].position;
    }

    std::vector<Place> places;
    std::vector<Fault> faults; ///< In the order in which they are told, and so of their events.
    std::vector<Unreadable> unreadable; ///< In order.
    CheckedEvents events; ///< All that could be stored again, sound or not, where asked for.
    std::optional<IndexSums> sums; ///< Of all that was read of the piece, where asked for.
    std::optional<Error> failure; ///< Why it ended early.
};

/// What of a piece is asked for, beside its faults.
struct PieceWish {
    bool events = false;
    std::optional<IndexSums::Key> sums;
};

/// The log up to `head` in pieces of `eventsInPiece` events at least, some thousands of them at
/// most. The first one has what stands before the log's first event as well. Positions are dense,
/// so that those for which the file has no room were put there by damage: they are the last piece,
/// and are not looked for one by one, which could take days. On the connection's thread.
[[nodiscard]] std::vector<LogPiece> piecesToVerify(
    SqliteConnection& connection, Position head, Position eventsInPiece);

/// Holds each event of a piece against the hash that is stored before it, so that one changed event
/// is one fault, and checks its payload. A damaged page costs the events on it, and what is behind
/// it is read. On the connection's thread.
[[nodiscard]] VerifiedPiece verifyPiece(SqliteConnection& connection, SqliteEventReader& events,
    const LogPiece& piece, const PieceWish& wish, const CancelToken& cancel);

} // namespace eventloupe
