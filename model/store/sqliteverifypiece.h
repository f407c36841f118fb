#pragma once

#include "store/hashchain.h"
#include "store/piecescan.h"
#include "store/sqliteeventreader.h"

#include <optional>
#include <vector>

namespace eventloupe {

/// What a thread found out about a piece of the log by itself: all but whether the events' places
/// in the log and in their streams follow each other.
struct VerifiedPiece {
    /// An event's place, to be checked in order.
    struct Place {
        Position position = 0;
        StreamId stream = 0;
        StreamVersion version = 0;
        bool hasStream = false; ///< Whether the stream is known.
    };
    struct Fault {
        std::size_t event = 0; ///< Its number among the places.
        bool isOfPayload = false; ///< Told after the fault of the place, if any, else before it.
        QString message;
    };
    std::vector<Place> places;
    std::vector<Fault> faults; ///< In the order in which they are told.
    std::optional<Error> failure; ///< Why it ended early.
};

/// Holds each event of a piece against the hash that is stored before it, so that one changed event
/// is one fault, and checks its payload. On the connection's thread.
[[nodiscard]] VerifiedPiece verifyPiece(SqliteConnection& connection, SqliteEventReader& events,
    const LogPiece& piece, const CancelToken& cancel);

} // namespace eventloupe
