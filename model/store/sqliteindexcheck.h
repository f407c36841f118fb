#pragma once

#include "store/indexsums.h"
#include "store/sqliteconnection.h"
#include "value/event.h"

#include <functional>
#include <limits>
#include <optional>

namespace eventloupe {

/// Sums of the events that were read already, on whatever connection: those before `next`.
struct SummedEvents {
    IndexSums sums;
    /// The first value: none were. Nothing: all, as none can stand behind the last position.
    std::optional<Position> next = std::numeric_limits<Position>::min();
};

/// Whether the indexes of the events hold what the events do, each entry once and in order.
///
/// SQLite's own check looks each event up in each index, in no order, which is most of the work of
/// a verification. Here the events and each index are read from end to end, and IndexSums of them
/// compared. It says whether, not where. `summed` is asked when the indexes were read, and may
/// wait; only the events behind those that it gives are read here. Needs a file whose pages are
/// sound (PRAGMA quick_check). Cancel by SqliteConnection::watch(). On the connection's thread.
[[nodiscard]] Result<bool> eventIndexesAgree(SqliteConnection& connection,
    const IndexSums::Key& key, const std::function<SummedEvents()>& summed);

} // namespace eventloupe
