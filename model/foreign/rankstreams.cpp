#include "foreign/rankindex.h"

#include "value/category.h"

#include <algorithm>
#include <mutex>

namespace eventloupe {

namespace {

QString textOfUtf8(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

} // namespace

std::string_view RankIndex::nameAt(StreamId id) const
{
    const auto own = m_ownNames.find(id);
    return own != m_ownNames.end() ? own->second
                                   : m_keys.streams()[static_cast<std::size_t>(id - 1)].name();
}

StreamId RankIndex::idOfKey(std::string_view stream) const
{
    const std::shared_lock lock(m_mutex);
    const auto* const found = m_keys.find(stream);
    return found != nullptr ? found->id : 0;
}

StreamId RankIndex::idOfName(std::string_view name) const
{
    const std::shared_lock lock(m_mutex);
    if (const auto* const own = m_names.find(name))
        return own->id;
    const auto* const found = m_keys.find(name);
    return found != nullptr ? found->id : 0;
}

std::string RankIndex::nameOf(StreamId id) const
{
    const std::shared_lock lock(m_mutex);
    return at(id) != nullptr ? std::string(nameAt(id)) : std::string();
}

std::string RankIndex::keyOf(StreamId id) const
{
    const std::shared_lock lock(m_mutex);
    if (at(id) == nullptr)
        return {};
    return std::string(m_keys.streams()[static_cast<std::size_t>(id - 1)].name());
}

bool RankIndex::isRegular(StreamId id) const
{
    const std::shared_lock lock(m_mutex);
    return at(id) != nullptr && at(id)->isRegular;
}

StreamVersion RankIndex::versionAt(StreamId id, Position position) const
{
    const std::shared_lock lock(m_mutex);
    return at(id) != nullptr ? m_postings.countUpTo(at(id)->list, position) : 0;
}

Position RankIndex::positionOf(StreamId id, StreamVersion version) const
{
    const std::shared_lock lock(m_mutex);
    return at(id) != nullptr ? m_postings.at(at(id)->list, version) : 0;
}

std::vector<Position> RankIndex::positionsOf(
    StreamId id, StreamVersion after, Position upTo, std::size_t limit) const
{
    const std::shared_lock lock(m_mutex);
    std::vector<Position> positions;
    if (at(id) != nullptr)
        m_postings.collect(at(id)->list, after, std::min(upTo, m_head), limit, positions);
    return positions;
}

std::optional<StreamInfo> RankIndex::infoOf(StreamId id) const
{
    const std::shared_lock lock(m_mutex);
    const Stream* const stream = at(id);
    if (stream == nullptr)
        return std::nullopt;
    return StreamInfo { id, textOfUtf8(nameAt(id)), m_categories[stream->category].name,
        stream->list.first, stream->list.count, stream->list.last };
}

qint64 RankIndex::streamCountAt(Position position) const
{
    const std::shared_lock lock(m_mutex);
    const auto after = std::partition_point(m_streams.begin(), m_streams.end(),
        [position](const Stream& stream) { return stream.list.first <= position; });
    return after - m_streams.begin();
}

qint64 RankIndex::categoryCountAt(Position position) const
{
    const std::shared_lock lock(m_mutex);
    const auto after = std::partition_point(m_categories.begin(), m_categories.end(),
        [position](const Category& category) { return category.birth <= position; });
    return after - m_categories.begin();
}

std::optional<CategoryAt> RankIndex::categoryAt(qint64 category, Position position) const
{
    const std::shared_lock lock(m_mutex);
    if (category < 1 || category > static_cast<qint64>(m_categories.size()))
        return std::nullopt;
    const Category& found = m_categories[static_cast<std::size_t>(category - 1)];
    if (found.birth > position)
        return std::nullopt;
    const auto after = std::partition_point(found.streams.begin(), found.streams.end(),
        [this, position](quint32 stream) { return m_streams[stream].list.first <= position; });
    return CategoryAt { category, found.name, after - found.streams.begin() };
}

std::vector<StreamId> RankIndex::streamsOfCategory(
    qint64 category, Position position, qint64 skip, int limit) const
{
    const std::shared_lock lock(m_mutex);
    std::vector<StreamId> ids;
    if (category < 1 || category > static_cast<qint64>(m_categories.size()))
        return ids;
    const auto& streams = m_categories[static_cast<std::size_t>(category - 1)].streams;
    for (auto at = static_cast<std::size_t>(std::max<qint64>(skip, 0)); at < streams.size()
         && static_cast<int>(ids.size()) < limit && m_streams[streams[at]].list.first <= position;
         ++at)
        ids.push_back(static_cast<StreamId>(streams[at]) + 1);
    return ids;
}

QString RankIndex::categoryNameOf(StreamId id) const
{
    const std::shared_lock lock(m_mutex);
    return at(id) != nullptr ? m_categories[at(id)->category].name : QString();
}

QStringList RankIndex::types() const
{
    const std::shared_lock lock(m_mutex);
    return m_types;
}

void RankIndex::resolve(std::vector<Asked>& rows) const
{
    const std::shared_lock lock(m_mutex);
    for (Asked& row : rows) {
        if (row.id == 0) {
            const auto* const found = m_keys.find(row.stream);
            row.id = found != nullptr ? found->id : 0;
        }
        const Stream* const stream = at(row.id);
        if (stream == nullptr)
            continue;
        row.name = nameAt(row.id);
        row.number = stream->isRegular && row.version
            ? *row.version
            : m_postings.countUpTo(stream->list, row.position);
    }
}

} // namespace eventloupe
