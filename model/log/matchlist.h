#pragma once

#include "value/event.h"

#include <memory>
#include <vector>

namespace eventloupe {

/// The positions that fit a filter, ascending. Immutable, cheap to extend: a longer list shares
/// what the shorter one holds, so that a scan hands out a list a chunk without copying matches.
class MatchList {
public:
    MatchList();

    [[nodiscard]] qint64 count() const { return m_count; }
    [[nodiscard]] bool isEmpty() const { return m_count == 0; }
    /// index is 0 to count()-1. O(log chunks).
    [[nodiscard]] Position at(qint64 index) const;
    /// Index of the last match at or before the position; -1 when there is none. O(log n).
    [[nodiscard]] qint64 lastAtOrBefore(Position position) const;

    /// This list and further matches; they are ascending and past the last one here.
    [[nodiscard]] MatchList extendedBy(std::vector<Position> further) const;
    /// Whether this one came out of `shorter` by extendedBy(), perhaps several times.
    [[nodiscard]] bool extends(const MatchList& shorter) const;

private:
    struct Chunk {
        qint64 firstIndex = 0;
        std::shared_ptr<const std::vector<Position>> positions;
    };
    std::vector<Chunk> m_chunks;
    std::shared_ptr<const int> m_family; ///< One object for all that grew out of one list.
    qint64 m_count = 0;
};

} // namespace eventloupe
