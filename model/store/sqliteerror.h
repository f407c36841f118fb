#pragma once

#include "value/result.h"

struct sqlite3;

namespace eventloupe {

/// What the last failed call on a connection means: code and a message that names the file and
/// what mends it. `database` may be null (no memory). Thread: that of the connection.
[[nodiscard]] Error sqliteError(sqlite3* database, int resultCode, const QString& location);

} // namespace eventloupe
