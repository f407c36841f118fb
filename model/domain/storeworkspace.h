#pragma once

#include "domain/workspace.h"

#include <functional>

namespace eventloupe {

/// A store with the domain that it is opened with.
struct StoreWorkspace {
    QString store; ///< Its location.
    QString folder; ///< Of the workspace whose store it is; empty where it is none's.
    std::shared_ptr<const Workspace> workspace; ///< Never null.
};

/// Reads a workspace's folder.
using LoadWorkspace
    = std::function<Result<std::shared_ptr<const Workspace>>(const QString& folder)>;

/// Whether a folder is a workspace.
[[nodiscard]] bool hasWorkspace(const QString& folder);

/// The store of a workspace, opened as what `location` chooses, where that has a choice
/// (`shop#emmett-sqlite`, where `shop` is the folder).
[[nodiscard]] QString storeOf(const Workspace& workspace, const QString& location);

/// What a store's file is opened with, for the window as for the command line: the workspace in its
/// folder, or in that of a file it is a link to, which names the file, whatever link it is named by
/// and whatever is chosen of its database. Where such a workspace cannot be read, or what it names
/// has a mistake, nobody knows what is to be masked, so everything is. Asks the disk and reads
/// files: not for the GUI thread, and not for what isNoFile().
[[nodiscard]] StoreWorkspace workspaceOfStore(const QString& location, const LoadWorkspace& load);

} // namespace eventloupe
