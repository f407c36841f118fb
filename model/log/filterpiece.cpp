#include "log/filterpiece.h"

#include <QElapsedTimer>

#include <algorithm>

namespace eventloupe {

namespace {

constexpr Position shortestPiece = 1024;
constexpr Position longestPiece = Position(1) << 20;
/// Long enough that the hop between threads costs nothing, short enough to show progress.
constexpr double wantedMilliseconds = 40;
/// What was quick may have been empty; the next piece need not be.
constexpr Position mostGrowth = 4;

} // namespace

Result<FilterPiece> scanPieceFor(const EventFilter& filter, EventStore& store, Position from,
    Position to, const CancelToken& cancel)
{
    QElapsedTimer clock;
    clock.start();
    FilterPiece piece;
    piece.from = from;
    piece.to = to;
    const bool isWhole = filter.isSelectionWhole();
    const auto look = [&](const EventView& event) {
        ++piece.tested;
        if (isWhole || filter.matches(event, piece.failures))
            piece.matches.push_back(event.position);
        return true;
    };
    const auto scanned
        = store.scanSelected(filter.selection(), from, to, filter.columns(), cancel, look);
    if (!scanned)
        return scanned.error();
    piece.milliseconds = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    return piece;
}

FilterCourse::FilterCourse(Position around, Position head)
{
    around = std::clamp<Position>(around, 1, std::max<Position>(head, 1));
    m_start = std::max<Position>(around - m_size / 2, 1);
    m_below = m_start - 1;
    m_above = m_start;
}

std::optional<std::pair<Position, Position>> FilterCourse::next(Position head, Position cursor)
{
    const bool canUp = m_above <= head;
    const bool canDown = m_below >= 1;
    if (!canUp && !canDown)
        return std::nullopt;
    const bool isAbove = cursor >= m_above;
    const bool isBelow = cursor >= 1 && cursor <= m_below;
    const bool goesUp = canUp && (!canDown || isAbove || (m_isUpNext && !isBelow));
    m_isUpNext = !goesUp;
    if (goesUp) {
        const Position from = m_above;
        m_above = std::min(from + m_size - 1, head) + 1;
        return std::pair(from, m_above - 1);
    }
    const Position to = m_below;
    m_below = std::max<Position>(to - m_size, 0);
    return std::pair(m_below + 1, to);
}

void FilterCourse::learn(const FilterPiece& piece)
{
    const auto events = static_cast<double>(piece.to - piece.from + 1);
    const double wanted = events * wantedMilliseconds / std::max(piece.milliseconds, 0.01);
    const auto most = static_cast<double>(std::min(m_size * mostGrowth, longestPiece));
    // A short piece, at the end of the log or from before the pieces grew, says little.
    if (events * 2 >= static_cast<double>(m_size) || wanted < static_cast<double>(m_size))
        m_size = std::max(static_cast<Position>(std::min(wanted, most)), shortestPiece);
}

void FilterCourse::resume(Position low, Position high)
{
    m_below = low - 1;
    m_above = high + 1;
}

} // namespace eventloupe
