#pragma once

#include "domain/workspace.h"
#include "value/jsonvalue.h"

namespace eventloupe {

/// How many definitions of each kind a workspace has, how many of its events have had other schemas
/// or names, and its problems by the text that they are made from: no name of a definition, no
/// expression.
[[nodiscard]] JsonValue workspaceFigures(const Workspace& workspace);

} // namespace eventloupe
