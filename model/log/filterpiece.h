#pragma once

#include "domain/eventfilter.h"
#include "store/eventstore.h"

namespace eventloupe {

/// What a filter found among the events from..to.
struct FilterPiece {
    Position from = 0;
    Position to = 0;
    std::vector<Position> matches; ///< Ascending.
    qint64 tested = 0; ///< Events that the expression was evaluated for.
    FilterFailures failures;
    double milliseconds = 0; ///< What it took.
};

/// Looks for events that fit, by an index where the filter names what has one. On a store's thread.
[[nodiscard]] Result<FilterPiece> scanPieceFor(const EventFilter& filter, EventStore& store,
    Position from, Position to, const CancelToken& cancel);

/// Which piece of the log is to be scanned next: around a position first, then by turns above and
/// below, or towards a cursor that has left what was scanned, so that it stays one range but for
/// the pieces that are under way. Pieces get longer until each takes a few hundredths of a second.
class FilterCourse {
public:
    FilterCourse() = default;
    FilterCourse(Position around, Position head);

    /// Nothing when all up to the head is under way or done.
    [[nodiscard]] std::optional<std::pair<Position, Position>> next(Position head, Position cursor);
    /// Learns from how long a piece took.
    void learn(const FilterPiece& piece);
    /// Begins again at the ends of what is done.
    void resume(Position low, Position high);
    /// Where the first piece begins.
    [[nodiscard]] Position start() const { return m_start; }

private:
    Position m_start = 1;
    Position m_below = 0; ///< Up to here nothing was handed out.
    Position m_above = 1; ///< From here on nothing was handed out.
    Position m_size = 2048;
    bool m_isUpNext = true;
};

} // namespace eventloupe
