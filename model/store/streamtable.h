#pragma once

#include "value/event.h"

#include <deque>
#include <memory_resource>
#include <span>
#include <vector>

namespace eventloupe {

/// The streams that a bulk load writes to, by name. It is what grows with a load, so it is kept
/// small: 48 bytes a stream, its name, and 8 to 16 bytes to find it by.
class StreamTable final {
public:
    struct Stream {
        std::string_view name() const { return { text, length }; }
        /// Whether the load made it.
        [[nodiscard]] bool isNew() const { return first != 0; }

        StreamId id = 0; ///< 0: just put in, to be filled.
        Position first = 0; ///< 0 where it was there before the load.
        StreamVersion headVersion = 0;
        Position headPosition = 0;
        const char* text = nullptr;
        quint32 length = 0;
        quint32 category = 0; ///< Of a new one.
    };

    /// More of them are not taken.
    static constexpr std::size_t maximumStreams = 0xffffffff;

    /// The stream of that name, put in with an id of 0 when it is not there. Stays where it is.
    /// Null when the table is full.
    Stream* place(std::string_view name);
    /// The stream of that name, or null.
    [[nodiscard]] const Stream* find(std::string_view name) const;
    /// Has what place() will look at for these names fetched from memory, all of it at once instead
    /// of one after the other: in a table that no cache holds, most of its time goes there.
    void prefetch(std::span<const std::string_view> names) const;
    /// In order of first touch.
    [[nodiscard]] const std::deque<Stream>& streams() const { return m_streams; }

private:
    /// A part of the name's hash, which also says where it is looked for, and the stream's index
    /// from 1; 0 is an empty slot.
    struct Slot {
        quint32 hash = 0;
        quint32 index = 0;
    };
    Stream& append(std::string_view name);
    void grow();

    std::pmr::monotonic_buffer_resource m_names;
    std::deque<Stream> m_streams;
    std::vector<Slot> m_slots = std::vector<Slot>(1024);
};

} // namespace eventloupe
