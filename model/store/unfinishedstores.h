#pragma once

#include <QString>

namespace eventloupe {

/// Removes what earlier attempts to make a store of this name left where the process was killed
/// before it could give the store its name: see createStoreFile(). `made` is the file of the
/// attempt that is under way, whole and still without events.
///
/// That is PATH.XXXXXX.new, with nothing beside it, which holds nothing or is the same as `made` to
/// the byte, has no other name, has the mode of that, belongs to this user and was written ten
/// minutes before: who makes a store takes some milliseconds for it. Whoever was stopped for so
/// long fails, or finds the one that is made now. What else has such a name stays, as a store
/// "a.eventlog.backup.new" that holds events. Any thread.
void removeUnfinishedStores(const QString& path, const QString& made);

} // namespace eventloupe
