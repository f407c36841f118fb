#pragma once

#include "value/result.h"

#include <QStringList>

namespace eventloupe {

/// The sample workspaces that writeWorkspace() knows: "users", "shop", "bank",
/// "library", "empty".
[[nodiscard]] QStringList workspaceTemplates();

/// Writes a sample workspace into a folder, which is made when it is missing. Refused when the
/// folder holds anything, and for an unknown template. Writes files: not for the GUI thread.
Result<void> writeWorkspace(const QString& name, const QString& folder);

} // namespace eventloupe
