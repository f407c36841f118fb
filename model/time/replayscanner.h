#pragma once

#include "store/eventstore.h"
#include "time/replaypiece.h"

#include <array>
#include <string_view>
#include <unordered_map>

namespace eventloupe {

/// Reads runs of a log into pieces. Belongs to the store's thread.
class ReplayScanner {
public:
    /// A piece ends early when it is that full, so that large payloads do not pile up.
    static constexpr std::size_t mostBytes = 1U << 20U;

    ReplayScanner(EventStore& store, ScanColumns columns, std::size_t shards)
        : m_store(store)
        , m_columns(columns)
        , m_shards(shards)
    {
    }

    /// Reads first..last, or the beginning of it: piece.last tells. A failure is in the piece.
    void scan(ReplayPiece& piece, Position first, Position last, const CancelToken& cancel);

private:
    void add(ReplayPiece& piece, const EventView& event);
    quint32 typeNumber(ReplayPiece& piece, std::string_view type);
    Result<void> readNames(ReplayPiece& piece);

    EventStore& m_store;
    ScanColumns m_columns;
    std::size_t m_shards;
    /// The types of the piece at hand: by where the store keeps their names, and by name.
    struct KnownType {
        const char* at = nullptr;
        std::size_t size = 0;
        quint32 number = 0;
    };
    std::array<KnownType, 64> m_knownTypes;
    std::unordered_map<std::string, quint32> m_types;
};

} // namespace eventloupe
