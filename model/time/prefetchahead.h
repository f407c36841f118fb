#pragma once

#include "time/replaypiece.h"

#include <cstddef>
#include <vector>

namespace eventloupe {

/// Asks for the state of a stream that is folded soon: states lie all over the memory, and each is
/// fetched while those before it are folded. `rows` are a shard's, `at` is the one at hand;
/// `stateOf(stream)` gives the LogState of a stream of `streams`.
template <class Streams, class StateOf>
inline void prefetchAhead(Streams& streams, const std::vector<ReplayPiece::Row>& rows,
    std::size_t at, const StateOf& stateOf)
{
    constexpr std::size_t streamsAhead = 12;
    constexpr std::size_t statesAhead = 6;
    if (at + streamsAhead < rows.size()) {
        const std::size_t stream = rows[at + streamsAhead].stream;
        if (stream < streams.size())
            __builtin_prefetch(&streams[stream], 1);
    }
    if (at + statesAhead < rows.size()) {
        const std::size_t stream = rows[at + statesAhead].stream;
        if (stream < streams.size())
            stateOf(streams[stream]).object.prefetch();
    }
}

} // namespace eventloupe
