#pragma once

#include "describe/describelog.h"

namespace eventloupe {

/// The workspace.json of a description that is written into `folder`: it points to the store.
[[nodiscard]] DescribedFile workspaceFileFor(const QString& store, const QString& folder);

/// Writes a description as a workspace. The folder is made when it is missing. Nothing is
/// overwritten: AlreadyExists when one of the files is there, and then nothing was written. Writes
/// files: not for the GUI thread.
[[nodiscard]] Result<void> writeDescription(
    const LogDescription& description, const QString& store, const QString& folder);

} // namespace eventloupe
