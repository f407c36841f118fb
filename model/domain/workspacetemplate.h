#pragma once

#include "value/result.h"

#include <QStringList>

namespace eventloupe {

class MadeFiles;

/// The sample workspaces that writeWorkspace() knows: "users", "shop", "bank",
/// "library", "empty".
[[nodiscard]] QStringList workspaceTemplates();

/// Writes a sample workspace into a folder, which is made when it is missing. Refused when the
/// folder holds anything, and for an unknown template. Its store is "events.eventlog" in the folder
/// unless `store` is given: as it stands in workspace.json, without a password. Where it fails,
/// nothing that it made stays; with `made`, what is made is noted there, for whoever fails later.
/// Writes files: not for the GUI thread.
Result<void> writeWorkspace(const QString& name, const QString& folder,
    const QString& store = QString(), MadeFiles* made = nullptr);

} // namespace eventloupe
