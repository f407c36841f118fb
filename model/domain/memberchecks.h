#pragma once

#include "domain/definitionfile.h"
#include "domain/workspace.h"

namespace eventloupe {

/// Members of `data` and `row` that expressions read and nothing has.
enum class MemberCheck {
    Faults, ///< Where no other members than the known ones can be: the schema is closed.
    Notes, ///< Where others may be, and some are known.
};

void checkCommandMembers(const CommandDefinition& command, DefinitionFile& file, MemberCheck check);
void checkProjectionMembers(const Workspace& workspace, DefinitionFile& file, MemberCheck check);

} // namespace eventloupe
