#include "log/matchlist.h"

#include <algorithm>

namespace eventloupe {

namespace {
/// Chunks under this size are joined, so that a log that grows event by event stays few chunks.
constexpr std::size_t smallChunk = 4096;
} // namespace

MatchList::MatchList()
    : m_family(std::make_shared<const int>(0))
{
}

Position MatchList::at(qint64 index) const
{
    Q_ASSERT(index >= 0 && index < m_count);
    const auto next = std::upper_bound(m_chunks.begin(), m_chunks.end(), index,
        [](qint64 wanted, const Chunk& chunk) { return wanted < chunk.firstIndex; });
    const Chunk& chunk = *std::prev(next);
    return (*chunk.positions)[static_cast<std::size_t>(index - chunk.firstIndex)];
}

qint64 MatchList::lastAtOrBefore(Position position) const
{
    const auto next = std::upper_bound(m_chunks.begin(), m_chunks.end(), position,
        [](Position wanted, const Chunk& chunk) { return wanted < chunk.positions->front(); });
    if (next == m_chunks.begin())
        return -1;
    const Chunk& chunk = *std::prev(next);
    const auto past = std::upper_bound(chunk.positions->begin(), chunk.positions->end(), position);
    return chunk.firstIndex + (past - chunk.positions->begin()) - 1;
}

MatchList MatchList::extendedBy(std::vector<Position> further) const
{
    MatchList longer(*this);
    if (further.empty())
        return longer;
    longer.m_count += static_cast<qint64>(further.size());
    qint64 firstIndex = m_count;
    if (!m_chunks.empty() && m_chunks.back().positions->size() + further.size() <= smallChunk) {
        std::vector<Position> joined(*m_chunks.back().positions);
        joined.insert(joined.end(), further.begin(), further.end());
        further = std::move(joined);
        firstIndex = m_chunks.back().firstIndex;
        longer.m_chunks.pop_back();
    }
    longer.m_chunks.push_back(
        { firstIndex, std::make_shared<const std::vector<Position>>(std::move(further)) });
    return longer;
}

bool MatchList::extends(const MatchList& shorter) const
{
    if (m_family != shorter.m_family || m_count < shorter.m_count)
        return false;
    return shorter.isEmpty() || at(shorter.m_count - 1) == shorter.at(shorter.m_count - 1);
}

} // namespace eventloupe
