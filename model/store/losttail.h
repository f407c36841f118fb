#pragma once

#include "store/eventstore.h"
#include "store/sqliteeventreader.h"

namespace eventloupe {

/// Compares what the head file said with the log: a fault where events that were acknowledged are
/// gone, or where the event that stood at the head is another one now. Two seeks.
///
/// `known` must have been read before the log's snapshot was taken: what another process appends
/// in between then only makes the log longer.
[[nodiscard]] Result<std::optional<StoreFault>> findLostTail(
    const std::optional<LogHead>& known, SqliteEventReader& events);

} // namespace eventloupe
