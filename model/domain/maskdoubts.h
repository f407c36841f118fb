#pragma once

#include "domain/workspace.h"
#include "mask/masks.h"

namespace eventloupe {

/// The names of the fields that a mask without a type may mean, as far as they are described: of the
/// data and the states of a category, or of all where that is empty. Empty where events have older
/// shapes, whose names nobody knows.
[[nodiscard]] QStringList maskableNames(const Workspace& workspace, const QString& category);

/// What an entry of "masks" names that fits nothing the workspace defines, for people: there may be
/// such events and fields all the same, or it is a slip and masks nothing.
[[nodiscard]] QStringList maskDoubts(const Workspace& workspace, const MaskEntry& entry);

} // namespace eventloupe
