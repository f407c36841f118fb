#pragma once

#include "store/eventstore.h"

namespace eventloupe {

enum class OpenMode {
    ReadOnly, ///< Nothing is written, no file appears.
    ReadWrite, ///< Falls back to read-only, with a reason, where the folder cannot be written.
    Create, ///< As ReadWrite; makes the file (mode 0600) when it is missing.
};

/// Opens a store by its location: a file. A missing file is NotFound and is not made, except with
/// Create; a file of something else is NotOurs and one of a newer version is NewerVersion, both
/// untouched. A tail that was lost since the last
/// append (the head file is ahead of the log) is reported by EventStore::openingFault().
[[nodiscard]] Result<std::unique_ptr<EventStore>> openStore(const QString& location, OpenMode mode);

/// Removes a store that was made for events that did not come. One that holds events, or is no
/// store, is left alone. Nothing may have it open.
void removeEmptyStore(const QString& location);

} // namespace eventloupe
