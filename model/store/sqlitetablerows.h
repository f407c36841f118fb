#pragma once

#include "store/sqlitebtreepage.h"
#include "store/sqliteconnection.h"
#include "value/event.h"

#include <map>

namespace eventloupe {

/// The pages where the trees of a store's tables begin.
using TableRoots = std::map<StoreTable, quint32>;

/// By the schema that the file has. On the connection's thread.
[[nodiscard]] Result<TableRoots> tableRootsOf(SqliteConnection& connection);

/// The last page of those where its tables and indexes begin. On the connection's thread.
[[nodiscard]] Result<quint32> lastRootOf(SqliteConnection& connection);

/// Whether each table of a store can be read from end to end and lacks no row: row ids are dense
/// from 1, those of events to `last` at least. False where a page is damaged; another failure is
/// one. Reads the tables' leaves, not the payloads that do not fit into them. On the connection's
/// thread.
[[nodiscard]] Result<bool> tablesAreWhole(
    SqliteConnection& connection, Position last, const CancelToken& cancel);

} // namespace eventloupe
