#pragma once

#include "foreign/storeprofile.h"

namespace eventloupe {

/// The profiles that the program brings, in order of their names.
[[nodiscard]] const QList<StoreProfile>& builtInProfiles();

/// The profiles of a folder's *.json; what is wrong with one of them, with its file, is appended to
/// `faults`, and it is left out.
[[nodiscard]] QList<StoreProfile> profilesIn(const QString& folder, QStringList& faults);

/// Makes stores be recognised by the profiles of this folder as well, before the program's own: the
/// `stores` folder of a workspace. Read at each open. Any thread.
void addProfileFolder(const QString& folder);

/// Those of the folders that were added and of the folder `stores` beside `location`, then the
/// built-in ones. Of two with the same name the first counts.
[[nodiscard]] QList<StoreProfile> profilesFor(const QString& location, QStringList& faults);

} // namespace eventloupe
