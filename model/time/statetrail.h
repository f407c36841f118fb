#pragma once

#include "domain/evolver.h"

#include <deque>

namespace eventloupe {

/// The states of neighbouring versions of one stream, as the last fold passed them: a step back
/// from where a fold ended folds one event, without reading those since the last mark again, which
/// on a disk may lie in as many places. Bounded by estimated bytes. One thread.
class StateTrail {
public:
    static constexpr StreamVersion longest = 250;

    explicit StateTrail(qint64 maximumBytes);

    /// The kept state of the stream with the highest version up to this one, or nullptr; valid
    /// until something is added.
    [[nodiscard]] const AggregateState* nearest(StreamId stream, StreamVersion version) const;
    /// Goes on where the state follows the last one, else begins anew with it; the oldest go where
    /// there are too many. A state that is kept already changes nothing.
    void add(StreamId stream, const AggregateState& state);
    void clear();

    [[nodiscard]] qint64 count() const { return static_cast<qint64>(m_states.size()); }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }

private:
    struct Kept {
        AggregateState state;
        qint64 bytes = 0; ///< Without what it shares with the one before.
    };

    qint64 m_maximumBytes;
    qint64 m_bytes = 0;
    StreamId m_stream = 0;
    std::deque<Kept> m_states; ///< Of versions without a gap.
};

} // namespace eventloupe
