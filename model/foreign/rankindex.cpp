#include "foreign/rankindex.h"

#include "value/category.h"

#include <algorithm>
#include <mutex>

namespace eventloupe {

namespace {

/// A key that is one number, as most are.
std::optional<qint64> numberOf(const ForeignKey& key)
{
    const auto* const number = key.size() == 1 ? std::get_if<qint64>(&key.front()) : nullptr;
    return number != nullptr ? std::optional(*number) : std::nullopt;
}

QString textOfUtf8(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

} // namespace

bool RankIndex::add(std::span<const IndexedRow> rows, const NameOf& nameOf)
{
    const std::unique_lock lock(m_mutex);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto name = [&nameOf, i] { return nameOf(i); };
        if (!(rows[i].isLink ? addLink(rows[i], name) : addEvents(rows[i], name)))
            return false;
    }
    return true;
}

bool RankIndex::addEvents(const IndexedRow& row, const std::function<std::string()>& nameOf)
{
    if (m_rows % rowsPerBlock == 0) {
        m_blocks.push_back(row.key);
        m_blockRanks.push_back(m_head + 1);
    }
    ++m_rows;
    m_lastKey = row.key;
    m_hasCommits = m_hasCommits || row.events != 1;
    if (row.events < 1)
        return true;
    Stream& stream = place(row.stream, nameOf, m_head + 1);
    for (qint64 event = 0; event < row.events; ++event) {
        if (!m_postings.add(stream.list, m_head + 1))
            return false;
        ++m_head;
    }
    // Of a commit it is the last event's.
    stream.isRegular
        = stream.isRegular && row.version == static_cast<StreamVersion>(stream.list.count);
    noteType(row.type);
    for (const std::string& type : row.moreTypes)
        noteType(type);
    return true;
}

bool RankIndex::addLink(const IndexedRow& row, const std::function<std::string()>& nameOf)
{
    m_hasLinks = true;
    Stream& stream = place(row.stream, nameOf, m_head);
    stream.isRegular = false;
    // Linked twice, or into the stream that it is in already.
    return stream.list.last == m_head || m_postings.add(stream.list, m_head);
}

RankIndex::Stream& RankIndex::place(
    const std::string& key, const std::function<std::string()>& nameOf, Position position)
{
    StreamTable::Stream* const known = m_keys.place(key);
    if (known->id != 0)
        return m_streams[static_cast<std::size_t>(known->id - 1)];
    known->id = static_cast<StreamId>(m_streams.size()) + 1;
    std::string name = nameOf();
    if (name != key) {
        StreamTable::Stream* own = m_names.place(name);
        // Two that we would call the same stay two.
        for (int more = 2; own->id != 0; ++more)
            own = m_names.place(name + "~" + std::to_string(more));
        own->id = known->id;
        m_ownNames.emplace(known->id, own->name());
        name = own->name();
    }
    const std::string_view category = categoryOf(std::string_view(name));
    auto number = m_categoryNumbers.find(category);
    if (number == m_categoryNumbers.end()) {
        number = m_categoryNumbers
                     .emplace(std::string(category), static_cast<quint32>(m_categories.size()))
                     .first;
        m_categories.push_back({ textOfUtf8(category), position, {} });
    }
    m_categories[number->second].streams.push_back(static_cast<quint32>(m_streams.size()));
    Stream& stream = m_streams.emplace_back();
    stream.category = number->second;
    return stream;
}

void RankIndex::noteType(const std::string& type)
{
    if (m_typeNumbers.contains(type))
        return;
    m_typeNumbers.emplace(type, static_cast<quint32>(m_types.size()));
    m_types.append(textOfUtf8(type));
}

Position RankIndex::head() const
{
    const std::shared_lock lock(m_mutex);
    return m_head;
}

qint64 RankIndex::rows() const
{
    const std::shared_lock lock(m_mutex);
    return m_rows;
}

std::optional<ForeignKey> RankIndex::lastKey() const
{
    const std::shared_lock lock(m_mutex);
    return m_rows > 0 ? std::optional(m_lastKey) : std::nullopt;
}

std::size_t RankIndex::bytes() const
{
    const std::shared_lock lock(m_mutex);
    return m_postings.bytes() + m_streams.size() * sizeof(Stream)
        + m_blocks.size() * (sizeof(ForeignKey) + sizeof(ForeignValue) + sizeof(Position))
        + m_keys.streams().size() * sizeof(StreamTable::Stream);
}

bool RankIndex::hasCommits() const
{
    const std::shared_lock lock(m_mutex);
    return m_hasCommits;
}

bool RankIndex::hasLinks() const
{
    const std::shared_lock lock(m_mutex);
    return m_hasLinks;
}

RankIndex::Place RankIndex::placeOf(Position rank) const
{
    const std::shared_lock lock(m_mutex);
    if (rank < 1 || rank > m_head)
        return {};
    const auto after = std::upper_bound(m_blockRanks.begin(), m_blockRanks.end(), rank);
    const auto block = static_cast<std::size_t>(after - m_blockRanks.begin()) - 1;
    Place place { m_blocks[block], rank - m_blockRanks[block], m_blockRanks[block], false };
    if (m_hasCommits)
        return place;
    const bool isLast = block + 1 == m_blocks.size();
    const qint64 rows = isLast ? m_head - m_blockRanks[block] : rowsPerBlock;
    const auto first = numberOf(place.key);
    const auto last = numberOf(isLast ? m_lastKey : m_blocks[block + 1]);
    // Numbers without a gap: the row's own is known.
    if (first && last && *first <= *last
        && static_cast<quint64>(*last) - static_cast<quint64>(*first)
            == static_cast<quint64>(rows))
        return { ForeignKey { *first + place.skip }, 0, rank, true };
    return place;
}

std::optional<RankIndex::Place> RankIndex::blockOf(const ForeignKey& key) const
{
    const std::shared_lock lock(m_mutex);
    const auto after = std::upper_bound(m_blocks.begin(), m_blocks.end(), key);
    if (after == m_blocks.begin())
        return std::nullopt;
    const auto block = static_cast<std::size_t>(after - m_blocks.begin()) - 1;
    return Place { m_blocks[block], 0, m_blockRanks[block], false };
}

} // namespace eventloupe
