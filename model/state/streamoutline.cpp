#include "state/streamoutline.h"

#include <algorithm>

namespace eventloupe {

StreamOutline StreamOutline::flat(Group group, qint64 rows)
{
    StreamOutline outline;
    outline.m_group = group;
    outline.m_count = rows;
    return outline;
}

StreamOutline StreamOutline::grouped(qint64 categories, std::vector<Expanded> expanded)
{
    StreamOutline outline;
    outline.m_count = categories;
    outline.m_expanded = std::move(expanded);
    qint64 before = 0;
    for (const Expanded& entry : outline.m_expanded) {
        outline.m_streamsBefore.push_back(before);
        before += entry.streams;
    }
    outline.m_streamsBefore.push_back(before);
    return outline;
}

qint64 StreamOutline::rowCount() const
{
    return m_count + (m_streamsBefore.empty() ? 0 : m_streamsBefore.back());
}

StreamOutline::Place StreamOutline::place(qint64 row) const
{
    if (isFlat())
        return { m_group, row };
    // The last expanded category whose header is at or before the row.
    const auto after = std::partition_point(m_expanded.begin(), m_expanded.end(),
        [&](const Expanded& entry) { return headerRow(entry.category) <= row; });
    if (after == m_expanded.begin())
        return { Headers, row };
    const Expanded& entry = *std::prev(after);
    const qint64 below = row - headerRow(entry.category);
    if (below == 0)
        return { Headers, entry.category - 1 };
    if (below <= entry.streams)
        return { entry.category, below - 1 };
    return { Headers, entry.category - 1 + below - entry.streams };
}

qint64 StreamOutline::rowOf(Place place) const
{
    if (isFlat())
        return place.group == m_group && place.index < m_count ? place.index : -1;
    if (place.group == Headers)
        return place.index < m_count ? headerRow(place.index + 1) : -1;
    const Expanded* entry = expandedEntry(place.group);
    if (!entry || place.index >= entry->streams)
        return -1;
    return headerRow(place.group) + 1 + place.index;
}

qint64 StreamOutline::streamsShown(qint64 category) const
{
    const Expanded* entry = expandedEntry(category);
    return entry ? entry->streams : 0;
}

StreamOutline StreamOutline::withStreams(qint64 category, qint64 streams) const
{
    std::vector<Expanded> entries = m_expanded;
    const auto at = std::lower_bound(entries.begin(), entries.end(), category,
        [](const Expanded& entry, qint64 number) { return entry.category < number; });
    const bool isThere = at != entries.end() && at->category == category;
    if (isThere && streams == 0)
        entries.erase(at);
    else if (isThere)
        at->streams = streams;
    else if (streams > 0)
        entries.insert(at, { category, streams });
    return grouped(m_count, std::move(entries));
}

StreamOutline StreamOutline::withCount(qint64 count) const
{
    StreamOutline outline = *this;
    outline.m_count = count;
    return outline;
}

const StreamOutline::Expanded* StreamOutline::expandedEntry(qint64 category) const
{
    const auto at = std::lower_bound(m_expanded.begin(), m_expanded.end(), category,
        [](const Expanded& entry, qint64 number) { return entry.category < number; });
    return at != m_expanded.end() && at->category == category ? &*at : nullptr;
}

qint64 StreamOutline::headerRow(qint64 category) const
{
    const auto at = std::lower_bound(m_expanded.begin(), m_expanded.end(), category,
        [](const Expanded& entry, qint64 number) { return entry.category < number; });
    const auto before = static_cast<std::size_t>(std::distance(m_expanded.begin(), at));
    return category - 1 + (m_streamsBefore.empty() ? 0 : m_streamsBefore[before]);
}

} // namespace eventloupe
