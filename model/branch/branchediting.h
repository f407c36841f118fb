#pragma once

#include "branch/branch.h"
#include "mask/masks.h"
#include "store/eventstore.h"

namespace eventloupe {

// What BranchSession does where the log can be read: on a store's thread.

/// What stands at positions of a store that may be a branch; NotFound behind its head.
[[nodiscard]] Result<QList<BranchPlace>> placesOf(
    EventStore& store, const QList<Position>& positions);
/// The branch, where it can be had, so that what is open is not closed for one that cannot.
[[nodiscard]] Result<Branch> checked(EventStore& store, Branch branch);
[[nodiscard]] Result<Branch> withEdit(EventStore& store, Branch branch, const BranchEdit& edit);
/// A branch of a log up to a position.
[[nodiscard]] Result<Branch> branchOf(EventStore& store, const QString& location, Position at);
/// The edit that leaves out all of an open branch behind a position.
[[nodiscard]] Result<BranchEdit> cutBehind(EventStore& store, Position at);
/// Those of a stream's events; NotFound, or InvalidArgument where a branch cannot skip so many.
[[nodiscard]] Result<QList<Position>> positionsOf(EventStore& store, const QString& name);

/// An event that somebody changed as it was shown, with the stored event's values where the sign of
/// a mask was left.
[[nodiscard]] Result<BranchEvent> withMaskedValues(
    EventStore& store, const Masks& masks, Position position, BranchEvent edited);

} // namespace eventloupe
