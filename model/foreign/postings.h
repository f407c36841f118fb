#pragma once

#include "foreign/spillmemory.h"
#include "value/event.h"

#include <vector>

namespace eventloupe {

/// The positions of a stream's events, ascending, as differences of one to four bytes. 24 bytes,
/// and nothing more for a stream of one event.
struct PostingList {
    Position first = 0;
    Position last = 0;
    quint32 count = 0;
    SpillMemory::Handle head = 0; ///< Its first chunk.
    SpillMemory::Handle tail = 0;
};

/// The lists' chunks. Not thread-safe.
class Postings final {
public:
    explicit Postings(std::size_t bytesInMemory = SpillMemory::usualBytesInMemory)
        : m_memory(bytesInMemory)
    {
    }

    /// Adds a position that is greater than all; false when there is no room left.
    bool add(PostingList& list, Position position);
    /// The position of the event with that number, from 1 to count.
    [[nodiscard]] Position at(const PostingList& list, StreamVersion version) const;
    /// How many positions are not greater.
    [[nodiscard]] StreamVersion countUpTo(const PostingList& list, Position position) const;
    /// Appends the positions of the events after `version` that are not greater than `upTo`, at
    /// most `limit` of them.
    void collect(const PostingList& list, StreamVersion version, Position upTo, std::size_t limit,
        std::vector<Position>& positions) const;
    [[nodiscard]] std::size_t bytes() const { return m_memory.bytes(); }
    [[nodiscard]] bool isSpilled() const { return m_memory.isSpilled(); }

private:
    struct Chunk;
    [[nodiscard]] const Chunk* chunkAt(SpillMemory::Handle handle) const;
    bool append(PostingList& list, Position position);

    SpillMemory m_memory;
};

} // namespace eventloupe
