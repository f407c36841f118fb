#pragma once

#include "domain/evolver.h"

#include <QHash>

#include <list>
#include <map>
#include <optional>

namespace eventloupe {

/// Folded states that a later fold can start from: marks along streams, and of each stream the
/// state that was folded last. Bounded by estimated bytes. One thread.
///
/// A stream's marks stand at the multiples of its interval, which begins at smallestInterval. No
/// mark goes alone, so that a jump costs the same anywhere in a stream: where a stream's marks
/// outgrow half of the bound, every other one goes and its interval doubles. Where all streams
/// together are over the bound, those that were not used for longest go as a whole.
class StateCheckpoints {
public:
    static constexpr StreamVersion smallestInterval = 250;

    explicit StateCheckpoints(qint64 maximumBytes);

    /// The kept state of the stream with the highest version up to this one, or nullptr; valid
    /// until something is kept.
    [[nodiscard]] const AggregateState* nearest(StreamId stream, StreamVersion version);
    /// Whether keepMark() of a state at this version would keep anything.
    [[nodiscard]] bool wantsMark(StreamId stream, StreamVersion version) const;
    /// Keeps a mark at the state's version, if that is a multiple of the stream's interval.
    void keepMark(StreamId stream, const AggregateState& state);
    /// Keeps the state as the stream's last, in place of the one before.
    void keepLast(StreamId stream, const AggregateState& state);
    void clear();

    /// Events between two marks of the stream.
    [[nodiscard]] StreamVersion interval(StreamId stream) const;
    /// The version of the stream's last mark; 0 when there is none.
    [[nodiscard]] StreamVersion lastMark(StreamId stream) const;
    [[nodiscard]] qint64 count() const { return m_count; }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }

private:
    struct Kept {
        AggregateState state;
        qint64 bytes = 0;
    };
    using Marks = std::map<StreamVersion, Kept>;
    struct Stream {
        StreamVersion interval = smallestInterval;
        Marks marks;
        std::optional<Kept> last;
        qint64 bytes = 0;
        std::list<StreamId>::iterator use;
    };

    Stream& use(StreamId stream);
    void count(Stream& entry, qint64 states, qint64 bytes);
    void thinOut(Stream& entry);
    void shrink();

    qint64 m_maximumBytes;
    qint64 m_bytes = 0;
    qint64 m_count = 0;
    QHash<StreamId, Stream> m_streams;
    std::list<StreamId> m_uses; ///< The most recently used in front.
};

/// What a kept state costs beside its value: itself, its place among the others, its stream's.
constexpr qint64 bytesPerKeptState = 320;

/// The memory of a state that is kept beside an earlier one of its stream, if there is one.
[[nodiscard]] qint64 keptBytes(const AggregateState& state, const AggregateState* earlier);

/// The memory that a value holds, in bytes, without what it shares with `other`, a value at the
/// same place of an earlier state.
[[nodiscard]] qint64 estimatedBytes(const JsonValue& value, const JsonValue* other = nullptr);

} // namespace eventloupe
