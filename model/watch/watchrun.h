#pragma once

#include "domain/evolver.h"
#include "mask/masks.h"
#include "store/eventstore.h"
#include "watch/watchpoint.h"

#include <functional>
#include <vector>

namespace eventloupe {

/// Takes points as they are found, in order of position; false ends the run.
using TakeWatchPoints = std::function<bool(std::vector<WatchPoint>&&)>;

/// Finds every point of a watch in a log: see isWatchPoint() and WatchExpression. One stream is
/// read by itself; a category or all streams are looked at on one thread a core, each with a
/// connection of its own and the tracks of every n-th stream (as replayAll() folds). What the
/// expression does not read is not folded.
///
/// What an expression looks at of masked values would tell them, point by point: such a watch is
/// refused, see admitWatch().
///
/// `take` is called on the calling thread, in between, with what is final up to a position;
/// `progress` gets positions done. Cancelled when the token is, within some milliseconds; NotFound
/// where there is no such stream; Corrupt where streams are not numbered in order of birth.
[[nodiscard]] Result<WatchSummary> runWatch(EventStore& store, const Evolver& evolver,
    const WatchRequest& request, const CancelToken& cancel, const TakeWatchPoints& take,
    const std::function<void(Position)>& progress = {});

/// Unsupported, naming the place, where the watch reads something that is masked in its scope.
[[nodiscard]] Result<void> admitWatch(const Masks& masks, const WatchRequest& request);

} // namespace eventloupe
