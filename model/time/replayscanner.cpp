#include "time/replayscanner.h"

#include <algorithm>

namespace eventloupe {

void ReplayPiece::clear(std::size_t shards)
{
    rows.resize(shards);
    for (std::vector<Row>& part : rows)
        part.clear();
    bytes.clear();
    types.clear();
    births.clear();
    names.clear();
    rises.clear();
    error.reset();
}

EventView ReplayPiece::view(const Row& row) const
{
    EventView event;
    event.position = row.position;
    event.version = row.version;
    event.time = row.time;
    const char* at = bytes.data() + row.offset;
    event.data = { at, row.dataSize };
    event.id = { at + row.dataSize, row.idSize };
    event.metadata = { at + row.dataSize + row.idSize, row.metadataSize };
    return event;
}

void ReplayScanner::scan(
    ReplayPiece& piece, Position first, Position last, const CancelToken& cancel)
{
    piece.clear(m_shards);
    piece.first = first;
    piece.last = last;
    m_knownTypes.fill({});
    m_types.clear();
    StreamId greatest = 0;
    const auto visit = [&](const EventView& event) {
        if (event.streamId < 1 || event.streamId > greatest)
            piece.rises.push_back({ event.streamId, event.position });
        greatest = std::max(greatest, event.streamId);
        if (event.streamId >= 1)
            add(piece, event);
        if (piece.bytes.size() < mostBytes)
            return true;
        piece.last = event.position;
        return false;
    };
    auto scanned = m_store.scanLog(first, last, m_columns, cancel, visit);
    if (scanned)
        scanned = readNames(piece);
    if (!scanned)
        piece.error = scanned.error();
}

void ReplayScanner::add(ReplayPiece& piece, const EventView& event)
{
    const auto number = static_cast<std::size_t>(event.streamId - 1);
    ReplayPiece::Row& row = piece.rows[number % m_shards].emplace_back();
    row.position = event.position;
    row.version = event.version;
    row.time = event.time;
    row.offset = piece.bytes.size();
    row.dataSize = static_cast<quint32>(event.data.size());
    row.idSize = static_cast<quint32>(event.id.size());
    row.metadataSize = static_cast<quint32>(event.metadata.size());
    row.stream = static_cast<quint32>(number / m_shards);
    row.type = typeNumber(piece, event.type);
    piece.bytes.append(event.data);
    if (row.idSize > 0 || row.metadataSize > 0)
        piece.bytes.append(event.id).append(event.metadata);
    if (event.version == 1) {
        piece.births.push_back({ event.streamId, 0, 0 });
        row.birth = static_cast<quint32>(piece.births.size());
    }
}

inline quint32 ReplayScanner::typeNumber(ReplayPiece& piece, std::string_view type)
{
    KnownType& known
        = m_knownTypes[(reinterpret_cast<quintptr>(type.data()) >> 4U) % m_knownTypes.size()];
    if (known.at == type.data() && known.size == type.size() && type.data() != nullptr)
        return known.number;
    const auto [at, isNew]
        = m_types.try_emplace(std::string(type), static_cast<quint32>(piece.types.size()));
    if (isNew)
        piece.types.emplace_back(type);
    known = { type.data(), type.size(), at->second };
    return at->second;
}

/// Streams are born in order of their ids, so that one read gives the names of all; where numbers
/// are damaged it is one a stream.
Result<void> ReplayScanner::readNames(ReplayPiece& piece)
{
    std::vector<ReplayPiece::Birth>& births = piece.births;
    for (std::size_t first = 0; first < births.size();) {
        std::size_t end = first + 1;
        while (end < births.size() && births[end].stream == births[end - 1].stream + 1)
            ++end;
        const auto take = [&](StreamId stream, std::string_view name) {
            ReplayPiece::Birth& birth
                = births[first + static_cast<std::size_t>(stream - births[first].stream)];
            birth.offset = piece.names.size();
            birth.size = name.size();
            piece.names.append(name);
        };
        const auto read
            = m_store.scanStreamNames(births[first].stream, births[end - 1].stream, take);
        if (!read)
            return read;
        first = end;
    }
    return {};
}

} // namespace eventloupe
