#pragma once

namespace eventloupe {

/// Makes openStore() open `postgresql://` locations: a store of our own where the database has one
/// (see PostgresEventStore), else what its tables are recognised as, in all schemas that the role
/// may read, or in the one that `?schema=` names. A `#profile` behind the location chooses among
/// several, and before our own. The database itself, for recognising and mapping, opens through
/// openForeignDatabase().
///
/// `mysql://` and `mariadb://` locations open as other libraries' stores alone, of the database
/// that they name or of all. Called at start, instead of addPostgresStores().
void addServerStores();

} // namespace eventloupe
