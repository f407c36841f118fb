#include "branch/reranking.h"

#include <algorithm>
#include <utility>

namespace eventloupe {

namespace {

/// How many of the sorted numbers are less than this one.
qint64 countBefore(const std::vector<qint64>& sorted, qint64 number)
{
    return std::lower_bound(sorted.begin(), sorted.end(), number) - sorted.begin();
}

/// How many are not greater.
qint64 countUpTo(const std::vector<qint64>& sorted, qint64 number)
{
    return std::upper_bound(sorted.begin(), sorted.end(), number) - sorted.begin();
}

} // namespace

Reranking::Reranking(std::vector<qint64> removed, std::vector<qint64> anchors)
    : m_removed(std::move(removed))
    , m_anchors(std::move(anchors))
{
    m_keptBefore.reserve(m_removed.size());
    for (std::size_t i = 0; i < m_removed.size(); ++i)
        m_keptBefore.push_back(m_removed[i] - static_cast<qint64>(i));
    m_insertionRanks.reserve(m_anchors.size());
    for (std::size_t i = 0; i < m_anchors.size(); ++i)
        m_insertionRanks.push_back(keptUpTo(m_anchors[i]) + static_cast<qint64>(i) + 1);
}

bool Reranking::isRemoved(qint64 number) const
{
    return std::binary_search(m_removed.begin(), m_removed.end(), number);
}

qint64 Reranking::keptUpTo(qint64 number) const
{
    return number - countUpTo(m_removed, number);
}

qint64 Reranking::rankOf(qint64 number) const
{
    return keptUpTo(number) + countBefore(m_anchors, number);
}

/// The number that is the `kept`-th of those that are left.
qint64 Reranking::numberOfKept(qint64 kept) const
{
    return kept + countUpTo(m_keptBefore, kept);
}

Reranking::Source Reranking::sourceOf(qint64 rank) const
{
    const auto found = std::lower_bound(m_insertionRanks.begin(), m_insertionRanks.end(), rank);
    const qint64 insertions = found - m_insertionRanks.begin();
    if (found != m_insertionRanks.end() && *found == rank)
        return { true, insertions };
    return { false, numberOfKept(rank - insertions) };
}

qint64 Reranking::numbersUpTo(qint64 rank) const
{
    const qint64 kept = rank - countUpTo(m_insertionRanks, rank);
    return kept <= 0 ? 0 : numberOfKept(kept);
}

std::size_t Reranking::insertionsUpTo(qint64 rank) const
{
    return static_cast<std::size_t>(countUpTo(m_insertionRanks, rank));
}

} // namespace eventloupe
