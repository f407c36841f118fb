#pragma once

#include "domain/evolver.h"

#include <QHash>

#include <list>
#include <map>
#include <optional>

namespace eventloupe {

/// Folded states that a later fold can start from: marks along a stream, and of each stream the
/// state that was folded last. Bounded by number and by estimated bytes; what was not used for
/// longest goes first. One thread.
class StateCheckpoints {
public:
    StateCheckpoints(std::size_t maximumCount, qint64 maximumBytes);

    /// The kept state of the stream with the highest version up to this one, or nullptr; valid
    /// until something is kept.
    [[nodiscard]] const AggregateState* nearest(StreamId stream, StreamVersion version);
    /// Keeps a mark at the state's version.
    void keepMark(StreamId stream, const AggregateState& state);
    /// Keeps the state as the stream's last, in place of the one before.
    void keepLast(StreamId stream, const AggregateState& state);
    void clear();

    [[nodiscard]] std::size_t count() const { return m_entries.size(); }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }

private:
    struct Entry {
        StreamId stream = 0;
        AggregateState state;
        qint64 bytes = 0;
        bool isMark = false;
    };
    using Entries = std::list<Entry>; ///< The most recently used in front.
    struct Stream {
        std::map<StreamVersion, Entries::iterator> marks;
        std::optional<Entries::iterator> last;
    };

    Entries::iterator add(StreamId stream, const AggregateState& state, bool isMark);
    void drop(Entries::iterator entry);
    void shrink();

    std::size_t m_maximumCount;
    qint64 m_maximumBytes;
    qint64 m_bytes = 0;
    Entries m_entries;
    QHash<StreamId, Stream> m_streams;
};

/// The memory that a value holds, in bytes, counting what is shared as if it were not.
[[nodiscard]] qint64 estimatedBytes(const JsonValue& value);

} // namespace eventloupe
