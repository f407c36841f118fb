#pragma once

#include "domain/logevolver.h"
#include "time/replaypiece.h"
#include "value/largememory.h"

#include <string>
#include <string_view>
#include <vector>

namespace eventloupe {

/// The states of every n-th stream, folded by one thread while the log is read in pieces.
///
/// Streams do not depend on each other, so that each shard folds its own in order. When all is
/// folded, any thread may read.
class ReplayShard {
public:
    /// Streams whose id leaves (id - 1) % shards == number belong to it.
    ReplayShard(const Evolver& evolver, std::size_t number)
        : m_number(number)
        , m_evolver(evolver)
    {
    }

    /// Makes room for so many streams.
    void reserve(std::size_t streams) { m_streams.reserve(streams); }
    /// Pieces come in order of the log.
    void fold(const ReplayPiece& piece);

    [[nodiscard]] std::size_t streams() const { return m_streams.size(); }
    [[nodiscard]] qint64 events() const { return m_events; }
    [[nodiscard]] qint64 failures() const { return m_failures; }

    /// A stream by its number in this shard, from 0.
    [[nodiscard]] const LogState& state(std::size_t stream) const
    {
        return m_streams[stream].state;
    }
    [[nodiscard]] std::string_view name(std::size_t stream) const;
    /// Writes the state as JsonValue::toJson() does.
    void appendJson(std::string& out, std::size_t stream) const
    {
        m_evolver.appendJson(out, m_streams[stream].state);
    }

private:
    struct Stream {
        LogState state;
        const LogEvolver::Category* category = nullptr;
        std::size_t nameOffset = 0; ///< In m_names.
        std::size_t nameSize = 0;
    };

    void fold(const ReplayPiece& piece, const ReplayPiece::Row& row);

    std::size_t m_number;
    LogEvolver m_evolver;
    std::vector<Stream, LargeAllocator<Stream>> m_streams; ///< In order of birth.
    std::string m_names;
    std::vector<const LogEvolver::Type*> m_types; ///< Of the piece at hand.
    qint64 m_events = 0;
    qint64 m_failures = 0;
};

} // namespace eventloupe
