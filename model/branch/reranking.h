#pragma once

#include <QtGlobal>

#include <cstddef>
#include <optional>
#include <vector>

namespace eventloupe {

/// A dense row of numbers 1, 2, ... of which some are taken out, and between which others are put,
/// counted anew: positions, versions, streams and categories on a branch are such ranks. Each
/// question costs O(log n) of what was taken out and put in, whatever the row's length.
class Reranking final {
public:
    Reranking() = default;
    /// `removed`: numbers of the row, sorted, each once. `anchors`: for each insertion the number
    /// of the row that it stands behind (0: before the first), sorted; insertions with the same one
    /// stand in the order given. A number that was taken out may be an anchor.
    Reranking(std::vector<qint64> removed, std::vector<qint64> anchors);

    /// Where a rank comes from: a number of the row, or an insertion, counted from 0.
    struct Source {
        bool isInserted = false;
        qint64 number = 0;
    };

    [[nodiscard]] bool isUnchanged() const { return m_removed.empty() && m_anchors.empty(); }
    [[nodiscard]] bool isRemoved(qint64 number) const;
    /// The rank of a number that was not taken out.
    [[nodiscard]] qint64 rankOf(qint64 number) const;
    [[nodiscard]] qint64 rankOfInsertion(std::size_t insertion) const
    {
        return m_insertionRanks[insertion];
    }
    /// `rank` from 1; beyond the last insertion the row is taken to go on for ever.
    [[nodiscard]] Source sourceOf(qint64 rank) const;
    /// The last number of the row that a rank up to this one comes from; 0 where there is none.
    [[nodiscard]] qint64 numbersUpTo(qint64 rank) const;
    /// How many insertions have a rank up to this one.
    [[nodiscard]] std::size_t insertionsUpTo(qint64 rank) const;
    /// How many of the numbers 1..number are left.
    [[nodiscard]] qint64 keptUpTo(qint64 number) const;
    /// How many ranks there are where the row ends at `last`.
    [[nodiscard]] qint64 size(qint64 last) const
    {
        return keptUpTo(last) + static_cast<qint64>(m_anchors.size());
    }

    [[nodiscard]] const std::vector<qint64>& removed() const { return m_removed; }
    [[nodiscard]] const std::vector<qint64>& anchors() const { return m_anchors; }

private:
    [[nodiscard]] qint64 numberOfKept(qint64 kept) const;

    std::vector<qint64> m_removed;
    std::vector<qint64> m_anchors;
    std::vector<qint64> m_keptBefore; ///< Of each that was taken out: 1 + the numbers left before.
    std::vector<qint64> m_insertionRanks;
};

} // namespace eventloupe
