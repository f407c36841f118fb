#include "foreign/postings.h"

#include <algorithm>

namespace eventloupe {

namespace {

constexpr std::size_t smallestChunk = 64;
constexpr std::size_t largestChunk = 4096;

std::size_t lengthOf(quint64 number)
{
    std::size_t length = 1;
    for (; number >= 128; number >>= 7U)
        ++length;
    return length;
}

} // namespace

/// Positions of events that follow each other in a stream; the differences follow it in memory.
struct Postings::Chunk {
    Position first;
    StreamVersion version; ///< Of the first.
    SpillMemory::Handle next;
    quint16 used; ///< Bytes of differences.
    quint16 room;

    [[nodiscard]] const unsigned char* bytes() const
    {
        return reinterpret_cast<const unsigned char*>(this + 1);
    }
};

const Postings::Chunk* Postings::chunkAt(SpillMemory::Handle handle) const
{
    return handle != 0 ? reinterpret_cast<const Chunk*>(m_memory.at(handle)) : nullptr;
}

bool Postings::add(PostingList& list, Position position)
{
    if (list.count == 0)
        list.first = position;
    else if (!append(list, position))
        return false;
    list.last = position;
    ++list.count;
    return true;
}

bool Postings::append(PostingList& list, Position position)
{
    auto* chunk = const_cast<Chunk*>(chunkAt(list.tail));
    const auto difference = static_cast<quint64>(position - list.last);
    if (chunk == nullptr || chunk->used + lengthOf(difference) > chunk->room) {
        const std::size_t size = chunk == nullptr
            ? smallestChunk
            : std::min(largestChunk, 2 * (chunk->room + sizeof(Chunk)));
        const auto handle = m_memory.allocate(size);
        if (handle == 0)
            return false;
        auto* const made = reinterpret_cast<Chunk*>(m_memory.at(handle));
        *made = { position, static_cast<StreamVersion>(list.count) + 1, 0, 0,
            static_cast<quint16>(size - sizeof(Chunk)) };
        if (chunk != nullptr)
            chunk->next = handle;
        else
            list.head = handle;
        list.tail = handle;
        return true;
    }
    auto* out = const_cast<unsigned char*>(chunk->bytes()) + chunk->used;
    quint64 rest = difference;
    for (; rest >= 128; rest >>= 7U)
        *out++ = static_cast<unsigned char>(rest | 128U);
    *out = static_cast<unsigned char>(rest);
    chunk->used = static_cast<quint16>(chunk->used + lengthOf(difference));
    return true;
}

void Postings::collect(const PostingList& list, StreamVersion version, Position upTo,
    std::size_t limit, std::vector<Position>& positions) const
{
    if (list.count == 0 || list.first > upTo || limit == 0)
        return;
    if (version < 1) {
        positions.push_back(list.first);
        --limit;
    }
    const Chunk* chunk = chunkAt(list.head);
    // Chunks that end before the first one wanted are passed over.
    for (const Chunk* next = chunk; next != nullptr && next->version <= version + 1;
         next = chunkAt(next->next))
        chunk = next;
    for (; chunk != nullptr && limit > 0; chunk = chunkAt(chunk->next)) {
        Position position = chunk->first;
        StreamVersion number = chunk->version;
        const unsigned char* at = chunk->bytes();
        const unsigned char* const end = at + chunk->used;
        for (;;) {
            if (position > upTo || limit == 0)
                return;
            if (number > version) {
                positions.push_back(position);
                --limit;
            }
            if (at == end)
                break;
            quint64 difference = 0;
            unsigned shift = 0;
            for (; *at >= 128; ++at, shift += 7)
                difference |= static_cast<quint64>(*at & 127U) << shift;
            difference |= static_cast<quint64>(*at++) << shift;
            position += static_cast<Position>(difference);
            ++number;
        }
    }
}

Position Postings::at(const PostingList& list, StreamVersion version) const
{
    if (version < 1 || version > static_cast<StreamVersion>(list.count))
        return 0;
    if (version == 1)
        return list.first;
    if (version == static_cast<StreamVersion>(list.count))
        return list.last;
    std::vector<Position> found;
    collect(list, version - 1, list.last, 1, found);
    return found.empty() ? 0 : found.front();
}

StreamVersion Postings::countUpTo(const PostingList& list, Position position) const
{
    if (list.count == 0 || position < list.first)
        return 0;
    if (position >= list.last)
        return list.count;
    const Chunk* chunk = chunkAt(list.head);
    if (chunk == nullptr || chunk->first > position)
        return 1;
    for (const Chunk* next = chunk; next != nullptr && next->first <= position;
         next = chunkAt(next->next))
        chunk = next;
    Position at = chunk->first;
    StreamVersion version = chunk->version;
    const unsigned char* byte = chunk->bytes();
    const unsigned char* const end = byte + chunk->used;
    while (byte != end) {
        quint64 difference = 0;
        unsigned shift = 0;
        for (; *byte >= 128; ++byte, shift += 7)
            difference |= static_cast<quint64>(*byte & 127U) << shift;
        difference |= static_cast<quint64>(*byte++) << shift;
        at += static_cast<Position>(difference);
        if (at > position)
            break;
        ++version;
    }
    return version;
}

} // namespace eventloupe
