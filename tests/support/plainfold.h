#pragma once

#include "domain/evolver.h"
#include "store/eventstore.h"
#include "time/replayer.h"

namespace eventloupe {

/// What replayAll() is to give, from states that an Evolver folds one event after the other, with
/// every column at hand. A failure of the store is an empty digest.
ReplaySummary foldPlainly(EventStore& store, const Evolver& evolver, Position to);

/// "12 events, 3 streams, 2 existing, 1 failures, digest ..."
QByteArray describe(const ReplaySummary& summary);

} // namespace eventloupe
