#pragma once

#include "branch/brancheventstore.h"
#include "store/appendall.h"

namespace eventloupe {

/// What appending a branch's events at its log's head would do.
struct BranchAppend {
    /// Why it cannot be: for people; empty where it can.
    QString refusal;
    AppendAllRequest request; ///< The events in order, and each stream's version.
    QStringList streams; ///< In order of their first event there.
    Position mainHead = 0; ///< Of the log, as it is now.
    Position mainSince = 0; ///< Events that it has got since the branch was made.
    /// SharedBranch::revision() of what was looked at.
    qsizetype revision = 0;
    /// Streams that have got events since: as it stands, the append would be refused.
    QList<VersionConflict> moved;
};

/// Why a branch cannot be appended whatever its log has got, for people; empty where it can. `last`
/// is the position up to which it has its log's events.
[[nodiscard]] QString appendRefusal(const BranchOverlay& overlay, Position last);

/// Only events at a branch's end can be appended: what is stored never changes.
[[nodiscard]] Result<BranchAppend> previewAppend(BranchEventStore& store);

/// Appends to the log that was branched, all events or none, by a connection of its own that
/// writes. Fails as appendAll() does.
[[nodiscard]] Result<AppendAllOutcome> appendAtHead(
    const QString& location, const BranchAppend& append, const CancelToken& cancel);

/// The branch over its log as it is now: its edits stay, what the log has got since is before them.
[[nodiscard]] Result<Branch> rebased(BranchEventStore& store);

} // namespace eventloupe
