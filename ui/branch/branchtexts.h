#pragma once

#include "branch/branchfindings.h"
#include "branch/branchsession.h"

namespace eventloupe {

/// "Branch of shop.eventlog at #8,120: 1 event skipped, 2 put in": what a window is on.
[[nodiscard]] QString branchText(const BranchSession& session);
/// "The branch at #8,120 was left: 1 event skipped. …": that it can be returned to.
[[nodiscard]] QString leftText(const BranchSession& session);
/// "The log has 3 events since."; empty where it has none.
[[nodiscard]] QString mainSinceText(Position since);
/// Where a stream's first difference is: "#15 ITEM_ADDED is #14 ITEM_REMOVED here".
[[nodiscard]] QString differenceText(const StreamDifference& difference);

} // namespace eventloupe
