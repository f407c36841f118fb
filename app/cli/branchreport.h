#pragma once

#include "app/cli/terminal.h"
#include "branch/brancheventstore.h"
#include "domain/workspace.h"

#include <memory>

namespace eventloupe::cli {

// What the command line says of a branch beside what it says of every store. Exit codes.

/// A line for each stream that differs from the log, the first difference first.
int tellDifferences(BranchEventStore& store, const std::shared_ptr<const Workspace>& workspace,
    Terminal& terminal);
/// A line for each later event that would have been rejected, or cannot be folded any more.
int tellConsequences(BranchEventStore& store, const std::shared_ptr<const Workspace>& workspace,
    Terminal& terminal);
/// What would be appended at the log's head, as the masks show it; with `isMeant`, appends it.
int appendBranch(BranchEventStore& store, const std::shared_ptr<const Masks>& masks, bool isMeant,
    Terminal& terminal);

} // namespace eventloupe::cli
