#pragma once

#include "log/matchblock.h"

#include <memory>
#include <optional>

namespace eventloupe {

/// The positions that fit a filter, ascending. Immutable, and cheap to extend at both ends: a
/// longer list shares what the shorter one holds, so that a scan hands out a list a piece.
///
/// Bounded by the log rather than by the matches: two bytes a match or one bit a position,
/// whichever is less; a list of 100 million matches takes 13 MB.
class MatchList {
public:
    MatchList();

    [[nodiscard]] qint64 count() const { return m_count; }
    [[nodiscard]] bool isEmpty() const { return m_count == 0; }
    /// index is 0 to count()-1. O(log blocks).
    [[nodiscard]] Position at(qint64 index) const;
    /// Index of the last match at or before the position; -1 when there is none. O(log n).
    [[nodiscard]] qint64 lastAtOrBefore(Position position) const;
    /// In memory, about.
    [[nodiscard]] qint64 bytes() const;

    /// This list and further matches; they are ascending and past the last one here.
    [[nodiscard]] MatchList extendedBy(const std::vector<Position>& further) const;
    /// This list and earlier matches; they are ascending and before the first one here.
    [[nodiscard]] MatchList precededBy(const std::vector<Position>& earlier) const;

    /// What came to a list, and where.
    struct Growth {
        qint64 before = 0; ///< Matches before its first.
        qint64 after = 0; ///< Matches after its last.
    };
    /// Nothing when this one did not come out of `shorter` by extendedBy() and precededBy().
    [[nodiscard]] std::optional<Growth> growthSince(const MatchList& shorter) const;

private:
    /// The matches at number * MatchBlock::size and on.
    struct Entry {
        qint64 number = 0;
        qint64 firstIndex = 0;
        std::shared_ptr<const MatchBlock> block;
    };
    void add(const std::vector<Position>& positions);

    std::vector<Entry> m_entries;
    std::shared_ptr<const int> m_family; ///< One object for all that grew out of one list.
    qint64 m_count = 0;
    qint64 m_preceding = 0; ///< How many came by precededBy() in all.
};

} // namespace eventloupe
