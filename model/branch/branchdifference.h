#pragma once

#include "branch/brancheventstore.h"
#include "domain/evolver.h"

#include <optional>

namespace eventloupe {

/// Where a stream on a branch first differs from the log that was branched, up to where the branch
/// begins. A position is 0, and a type empty, on the side that has no such event.
struct StreamDifference {
    QString stream;
    StreamVersion version = 0; ///< The first that differs.
    Position mainPosition = 0;
    QString mainType;
    Position branchPosition = 0;
    QString branchType;
    StreamVersion mainVersion = 0; ///< The last one.
    StreamVersion branchVersion = 0;
};

/// What a branch differs in from its log.
struct BranchComparison {
    /// Every stream that has events which were skipped, changed or put in, by where it first
    /// differs.
    QList<StreamDifference> streams;
    Position mainHead = 0; ///< Of the log, up to where the branch begins.
    Position branchHead = 0;
    Position mainSince = 0; ///< Events that the log has got since.
};

[[nodiscard]] Result<BranchComparison> compareWithMain(BranchEventStore& store);

/// A stream's state at the end of both; folded anew. `cancel` is looked at.
struct BothStates {
    AggregateState main;
    AggregateState branch;
};
[[nodiscard]] Result<BothStates> statesOfBoth(BranchEventStore& store, const Evolver& evolver,
    const QString& stream, const CancelToken& cancel);

} // namespace eventloupe
