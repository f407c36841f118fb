#pragma once

#include "value/result.h"

struct sqlite3;

namespace eventloupe {

/// Sets a connection up so that a hostile file does as little harm as SQLite knows to prevent: no
/// trusted schema, defensive, cells checked, small limits, no memory map, and an authorizer that
/// lets plain tables be read and nothing else happen.
void guardConnection(sqlite3* handle);

/// What a failed call on another library's file means, with place and mend. `handle` may be null.
[[nodiscard]] Error foreignSqliteError(sqlite3* handle, int resultCode, const QString& path);

/// Whether the last failure is one that opening the file anew may mend, as where the -wal file came
/// or went meanwhile.
[[nodiscard]] bool mayPass(sqlite3* handle);

/// Whether the file says that it is in WAL mode; NotOurs where it is no SQLite database.
[[nodiscard]] Result<bool> isWalDatabase(const QString& path);

} // namespace eventloupe
