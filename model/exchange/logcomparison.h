#pragma once

#include "exchange/storethread.h"
#include "value/progress.h"

namespace eventloupe {

/// What the versions of two logs' events tell.
enum class Versions : quint8 {
    Equal,
    /// Nothing: one of them counts in a stream what other streams share with it (see
    /// EventStore::hasLinkedStreams()), and the other one only its own events.
    CountedAnew,
};
[[nodiscard]] Versions versionsIn(const EventStore& copied);

/// The first position of from..to at which two stores do not hold the same event, or one holds
/// none; 0 where they are the same. Both are read once, side by side. `progress` gets the number
/// of events done. On the thread of `one`.
[[nodiscard]] Result<Position> firstDifference(EventStore& one, StoreThread& other, Position from,
    Position to, Versions versions, const Progress& progress, const CancelToken& cancel);

/// The first position up to `to` at which the hashes of two stores differ, which are known to
/// differ there. A few dozen seeks. On the thread of `one`.
[[nodiscard]] Result<Position> firstHashDifference(
    EventStore& one, StoreThread& other, Position to, const CancelToken& cancel);

/// The first event of from..to whose id an earlier one of them has; 0 where none has. Memory: the
/// ids.
[[nodiscard]] Result<Position> firstRepeatedId(
    EventStore& store, Position from, Position to, const CancelToken& cancel);

/// In what two events differ, for people: "the data"; empty where they are the same.
[[nodiscard]] QString differenceOf(const Event& one, const Event& other, Versions versions);

} // namespace eventloupe
