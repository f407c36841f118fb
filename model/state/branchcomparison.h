#pragma once

#include "state/comparison.h"

namespace eventloupe {

/// While a branch is shown: the same stream's state in the log that it is a branch of, as it was
/// after the last of the log's events that stand on the branch up to the cursor. Unsupported where
/// the store is no branch.
[[nodiscard]] ComparisonSourcePointer compareWithLog();

} // namespace eventloupe
