#pragma once

#include "value/event.h"
#include "value/result.h"

#include <optional>
#include <string>
#include <vector>

namespace eventloupe {

/// A run of the log as one thread read it, for the shards that fold it.
///
/// Rows are sorted by shard and in order of position; their texts lie one behind the other in
/// `bytes`. Used again and again, so that it keeps its memory.
struct ReplayPiece {
    struct Row {
        Position position = 0;
        StreamVersion version = 0;
        Timestamp time;
        std::size_t offset = 0; ///< Of data, id and metadata.
        quint32 dataSize = 0;
        quint32 idSize = 0;
        quint32 metadataSize = 0;
        quint32 stream = 0; ///< In its shard, from 0.
        quint32 type = 0; ///< In `types`.
        quint32 birth = 0; ///< In `births`, from 1; 0 for any event but a stream's first.
    };
    /// A stream's first event, and its name in `names`.
    struct Birth {
        StreamId stream = 0;
        std::size_t offset = 0;
        std::size_t size = 0;
    };
    /// An event with a greater stream number than any before it here, or one that cannot be.
    struct Rise {
        StreamId stream = 0;
        Position position = 0;
    };

    Position first = 0;
    Position last = 0; ///< Inclusive; positions of the log, which may lack some.
    std::vector<std::vector<Row>> rows; ///< By shard.
    std::string bytes;
    std::vector<std::string> types;
    std::vector<Birth> births;
    std::string names;
    std::vector<Rise> rises;
    std::optional<Error> error; ///< Why it could not be read.

    void clear(std::size_t shards);
    [[nodiscard]] EventView view(const Row& row) const; ///< Without stream and type.
    [[nodiscard]] std::string_view name(const Birth& birth) const
    {
        return std::string_view(names).substr(birth.offset, birth.size);
    }
};

} // namespace eventloupe
