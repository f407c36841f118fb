#include "branch/baselog.h"

#include "branch/branchtext.h"

#include <algorithm>
#include <utility>

namespace eventloupe {

namespace {

constexpr int categoriesAtOnce = 500;

/// What the map has for the key, or what `read` gives, which is kept.
template <class Map, class Key, class Read>
Result<typename Map::mapped_type> remembered(Map& map, const Key& key, Read read)
{
    if (const auto found = map.find(key); found != map.end())
        return found->second;
    auto value = read();
    if (value)
        map.emplace(key, *value);
    return value;
}

} // namespace

Result<void> BaseLog::load(const QList<Position>& positions)
{
    QList<Position> wanted;
    for (const Position each : positions)
        if (!m_events.contains(each))
            wanted.append(each);
    if (wanted.isEmpty())
        return {};
    const auto read = m_store.readAt(wanted);
    if (!read)
        return read.error();
    for (const Event& each : *read)
        m_events.emplace(each.position, each);
    for (const Position each : wanted)
        if (!m_events.contains(each))
            return Error { ErrorCode::NotFound,
                BranchText::tr("the log has no event #%1").arg(each) };
    return {};
}

Result<StreamInfo> BaseLog::cut(StreamInfo info)
{
    if (info.headPosition <= m_last)
        return info;
    const auto version = versionAt(info, m_last);
    if (!version)
        return version.error();
    const auto position = positionOf(info.id, *version);
    if (!position)
        return position.error();
    info.headVersion = *version;
    info.headPosition = *position;
    return info;
}

Result<std::optional<StreamInfo>> BaseLog::findStream(const QString& name)
{
    using Found = std::optional<StreamInfo>;
    if (const auto known = m_streams.constFind(name); known != m_streams.constEnd())
        return *known;
    auto found = m_store.findStream(name);
    if (!found)
        return found;
    if (*found && (*found)->firstPosition > m_last)
        found = Found();
    if (*found) {
        auto info = cut(std::move(**found));
        if (!info)
            return info.error();
        found = Found(std::move(*info));
    }
    m_streams.insert(name, *found);
    return found;
}

Result<StreamVersion> BaseLog::versionAt(const StreamInfo& stream, Position position)
{
    if (position >= stream.headPosition)
        return stream.headVersion;
    if (position < stream.firstPosition)
        return StreamVersion(0);
    return remembered(m_versions, std::pair(stream.id, position),
        [&] { return m_store.versionAt(stream.id, position); });
}

Result<Position> BaseLog::positionOf(StreamId stream, StreamVersion version)
{
    return remembered(m_positions, std::pair(stream, version),
        [&] { return m_store.positionOf(stream, version); });
}

Result<qint64> BaseLog::streamCountAt(Position position)
{
    if (position <= 0)
        return qint64(0);
    return remembered(
        m_streamCounts, position, [&] { return m_store.streamCountAt(position); });
}

Result<qint64> BaseLog::categoryCountAt(Position position)
{
    if (position <= 0)
        return qint64(0);
    return remembered(
        m_categoryCounts, position, [&] { return m_store.categoryCountAt(position); });
}

Result<qint64> BaseLog::findCategory(const QString& name, Position firstStreamAt)
{
    if (const auto known = m_categories.constFind(name); known != m_categories.constEnd())
        return *known;
    // Where nearly every stream has a category of its own, its stream is most often the first.
    if (firstStreamAt > 0) {
        const auto number = categoryCountAt(firstStreamAt);
        if (!number)
            return number;
        const auto category = m_store.categoriesAt(firstStreamAt, *number, 1);
        if (!category)
            return category.error();
        if (category->value(0).name == name)
            return *number;
    }
    for (;;) {
        const auto page
            = m_store.categoriesAt(m_last, m_categoriesRead + 1, categoriesAtOnce);
        if (!page)
            return page.error();
        for (const CategoryAt& each : *page)
            m_categories.insert(each.name, each.id);
        m_categoriesRead += page->size();
        if (page->size() < categoriesAtOnce || m_categories.contains(name))
            return m_categories.value(name, 0);
    }
}

Result<qint64> BaseLog::streamsOfCategoryAt(qint64 category, Position position)
{
    const auto known = categoryCountAt(position);
    if (!known)
        return known;
    if (category == 0 || category > *known)
        return qint64(0);
    return remembered(
        m_streamsOfCategories, std::pair(category, position), [&]() -> Result<qint64> {
            const auto page = m_store.categoriesAt(position, category, 1);
            if (!page)
                return page.error();
            return page->value(0).streams;
        });
}

} // namespace eventloupe
