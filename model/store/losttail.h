#pragma once

#include "store/eventstore.h"
#include "store/sqliteeventreader.h"

namespace eventloupe {

/// Compares the head file with the log: a fault where events that were acknowledged are gone, or
/// where the event that stood at the head is another one now. Two seeks.
[[nodiscard]] Result<std::optional<StoreFault>> findLostTail(
    const HeadFile& headFile, SqliteEventReader& events);

} // namespace eventloupe
