#pragma once

#include "app/cli/arguments.h"
#include "app/cli/terminal.h"
#include "branch/openbranches.h"
#include "store/eventstore.h"

namespace eventloupe::cli {

/// The options that say what a branch changes: --at, --skip, --skip-stream, --edit, --insert,
/// --after, --format.
[[nodiscard]] QList<Option> branchOptions();

/// A branch of the store at `location` with what the words ask for, and the location at which it
/// opens. An Error with InvalidArgument is a reason of misuse.
struct MadeBranch {
    std::shared_ptr<SharedBranch> branch;
    QString location;
};
[[nodiscard]] Result<MadeBranch> makeBranch(EventStore& store, const QString& location,
    const Arguments& arguments, const Terminal& terminal);

} // namespace eventloupe::cli
