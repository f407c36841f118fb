#pragma once

#include "branch/branch.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <utility>

namespace eventloupe {

/// A branch that connections share: what one of them appends, the others see. Other edits make
/// another branch, since a log that is open only grows. Thread-safe.
class SharedBranch final {
public:
    explicit SharedBranch(Branch branch);

    [[nodiscard]] Branch branch() const;
    /// The branch with the revision that it has then.
    [[nodiscard]] std::pair<Branch, qsizetype> snapshot() const;
    /// Counts what was appended; cheap.
    [[nodiscard]] qsizetype revision() const { return m_revision.load(); }
    /// Appends where `revision` is still that of the branch; false where another one was faster.
    Result<bool> append(const QList<BranchEvent>& events, qsizetype revision);

private:
    mutable std::mutex m_mutex;
    Branch m_branch; ///< Guarded by it.
    std::atomic<qsizetype> m_revision { 0 };
};

/// Makes openStore() know branches. Called at start.
void addBranchKind();

/// Lets a branch be opened, by the location that is given, for as long as `branch` lives:
/// "branch://3/shop.eventlog", with the log's name for captions. Any thread.
[[nodiscard]] QString offerBranch(const std::shared_ptr<SharedBranch>& branch);
[[nodiscard]] bool isBranchLocation(const QString& location);
/// What a location was given for; nothing where it is gone.
[[nodiscard]] std::shared_ptr<SharedBranch> branchAt(const QString& location);

} // namespace eventloupe
