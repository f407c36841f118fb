#pragma once

#include "testcase/testcase.h"
#include "value/canceltoken.h"
#include "value/progress.h"

namespace eventloupe {

/// Events that are folded at most while a history is cut: some seconds.
inline constexpr qint64 mostShrinkFolds = 20'000'000;

/// Leaves out the given events on which the outcome does not depend: by delta debugging (Zeller and
/// Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002), ever smaller pieces from
/// the end to the beginning, each kept only if the command gives something else without it. What is
/// left is run as an example. `progress` counts the rounds.
///
/// isShortest says whether leaving out any one of the rest changes the outcome; where mostFolds
/// ended it earlier, a note says so. Fails with Unsupported where replay does not give the outcome
/// that is recorded, so that nothing can be compared; Cancelled. Thread-safe.
[[nodiscard]] Result<TestCase> shrinkHistory(const Evolver& evolver, const TestCase& testCase,
    const CancelToken& cancel, const Progress& progress = {}, qint64 mostFolds = mostShrinkFolds);

} // namespace eventloupe
