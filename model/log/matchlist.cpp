#include "log/matchlist.h"

#include <algorithm>

namespace eventloupe {

MatchList::MatchList()
    : m_family(std::make_shared<const int>(0))
{
}

Position MatchList::at(qint64 index) const
{
    Q_ASSERT(index >= 0 && index < m_count);
    const auto next = std::upper_bound(m_entries.begin(), m_entries.end(), index,
        [](qint64 wanted, const Entry& entry) { return wanted < entry.firstIndex; });
    const Entry& entry = *std::prev(next);
    return entry.number * MatchBlock::size + entry.block->at(index - entry.firstIndex);
}

qint64 MatchList::lastAtOrBefore(Position position) const
{
    if (position < 0)
        return -1;
    const auto next
        = std::upper_bound(m_entries.begin(), m_entries.end(), position / MatchBlock::size,
            [](qint64 wanted, const Entry& entry) { return wanted < entry.number; });
    if (next == m_entries.begin())
        return -1;
    const Entry& entry = *std::prev(next);
    const Position offset
        = std::min(position - entry.number * MatchBlock::size, MatchBlock::size - 1);
    return entry.firstIndex + entry.block->countUpTo(static_cast<quint16>(offset)) - 1;
}

qint64 MatchList::bytes() const
{
    qint64 bytes = 0;
    for (const Entry& entry : m_entries)
        bytes += static_cast<qint64>(sizeof(Entry) + sizeof(MatchBlock)) + entry.block->bytes();
    return bytes;
}

MatchList MatchList::extendedBy(const std::vector<Position>& further) const
{
    Q_ASSERT(isEmpty() || further.empty() || at(m_count - 1) < further.front());
    MatchList longer(*this);
    longer.add(further);
    return longer;
}

MatchList MatchList::precededBy(const std::vector<Position>& earlier) const
{
    Q_ASSERT(isEmpty() || earlier.empty() || earlier.back() < at(0));
    MatchList longer(*this);
    longer.add(earlier);
    longer.m_preceding += std::ssize(earlier);
    return longer;
}

/// Sorts positions into blocks; those of blocks that are there already are joined with these.
void MatchList::add(const std::vector<Position>& positions)
{
    std::vector<Entry> added;
    for (auto at = positions.begin(); at != positions.end();) {
        const qint64 number = *at / MatchBlock::size;
        std::vector<quint16> offsets;
        for (; at != positions.end() && *at / MatchBlock::size == number; ++at)
            offsets.push_back(static_cast<quint16>(*at % MatchBlock::size));
        const auto place = std::lower_bound(m_entries.begin(), m_entries.end(), number,
            [](const Entry& entry, qint64 wanted) { return entry.number < wanted; });
        if (place == m_entries.end() || place->number != number) {
            added.push_back({ number, 0, std::make_shared<const MatchBlock>(std::move(offsets)) });
            continue;
        }
        const std::vector<quint16> present = place->block->offsets();
        std::vector<quint16> joined(present.size() + offsets.size());
        std::merge(present.begin(), present.end(), offsets.begin(), offsets.end(), joined.begin());
        place->block = std::make_shared<const MatchBlock>(std::move(joined));
    }
    const auto middle = m_entries.insert(m_entries.end(), added.begin(), added.end());
    std::inplace_merge(m_entries.begin(), middle, m_entries.end(),
        [](const Entry& left, const Entry& right) { return left.number < right.number; });
    m_count = 0;
    for (Entry& entry : m_entries) {
        entry.firstIndex = m_count;
        m_count += entry.block->count();
    }
}

std::optional<MatchList::Growth> MatchList::growthSince(const MatchList& shorter) const
{
    const Growth growth { m_preceding - shorter.m_preceding,
        m_count - shorter.m_count - (m_preceding - shorter.m_preceding) };
    if (m_family != shorter.m_family || growth.before < 0 || growth.after < 0)
        return std::nullopt;
    const bool isInside = shorter.isEmpty()
        || (at(growth.before) == shorter.at(0)
            && at(growth.before + shorter.m_count - 1) == shorter.at(shorter.m_count - 1));
    return isInside ? std::optional(growth) : std::nullopt;
}

} // namespace eventloupe
