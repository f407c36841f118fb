#pragma once

#include "domain/workspacereloader.h"
#include "store/openstore.h"

#include <memory>

namespace eventloupe {

/// What a location names: a workspace by its folder or its workspace.json, or a store, which may be
/// a workspace's.
struct NamedPlace {
    QString location; ///< To find it again: the folder of a workspace, with what is chosen.
    QString store;
    OpenMode mode = OpenMode::ReadWrite;
    std::shared_ptr<const Workspace> workspace; ///< Never null.
    std::shared_ptr<WorkspaceReloader> reloader; ///< Where the store is the workspace's.
};

/// Asks the disk and reads the workspace, so not on the GUI thread, and not for what isNoFile().
/// Fails where a workspace that is named cannot be read.
[[nodiscard]] Result<NamedPlace> findNamedPlace(const QString& location);

} // namespace eventloupe
