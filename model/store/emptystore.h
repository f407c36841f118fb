#pragma once

#include "store/fileidentity.h"

namespace eventloupe {

/// Makes an empty store in a file that is not there, and tells which one it made. AlreadyExists
/// where something has that name, also where another process was quicker: that one is not ours.
[[nodiscard]] Result<FileIdentity> makeEmptyStore(const QString& file);

/// Removes a store that was made for events that did not come: the file `made`, where it holds no
/// event and nobody is writing to it, of this process or another. All else stays as it is. Who has
/// just opened it is told, before anything is written, that it is gone.
void removeEmptyStore(const QString& file, const FileIdentity& made);

} // namespace eventloupe
