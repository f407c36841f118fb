#pragma once

#include "store/sqliteconnection.h"

namespace eventloupe {

/// Whether the indexes of the events hold what the events do, each entry once and in order.
///
/// SQLite's own check looks each event up in each index, in no order, which is most of the work of a
/// verification. Here the events and each index are read from end to end, and sums over keyed hashes
/// of their entries compared: with a key that is new each time, entries that differ have the same
/// sums by a chance of 2^-128. It says whether, not where. Needs a file whose pages are sound
/// (PRAGMA quick_check). Cancel by SqliteConnection::watch(). On the connection's thread.
[[nodiscard]] Result<bool> eventIndexesAgree(SqliteConnection& connection);

} // namespace eventloupe
