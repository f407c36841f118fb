#pragma once

#include "store/eventstore.h"

#include <QRandomGenerator>
#include <QStringList>

namespace eventloupe {

/// What a store answers, in words: to the whole contract's questions about reading, asked at places
/// that the generator chooses. Two stores of one log give the same texts for the same seed.
/// `streams` are names to ask for beside random ones.
[[nodiscard]] QStringList answersOf(
    EventStore& store, quint32 seed, int rounds, const QStringList& streams);

/// The whole log, a line an event.
[[nodiscard]] QStringList logOf(EventStore& store);

} // namespace eventloupe
