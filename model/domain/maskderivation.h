#pragma once

#include "domain/workspace.h"
#include "mask/masks.h"

namespace eventloupe {

/// Finds what the masked values of a workspace's entries are written into, by its rules, so that it
/// is masked as well: states that merge or set them, rows of projections, older and newer shapes of
/// an event, and events that commands make of them.
///
/// Told from what the rules read, not from values: what a rule sets is masked where its expression
/// reads a masked place, and also where it cannot be told what it reads. An aggregate that lists no
/// events may fold any, and so has the masks of all types. A condition tells nothing: that it held
/// is no value.
void deriveMasks(const Workspace& workspace, Masks& masks);

} // namespace eventloupe
