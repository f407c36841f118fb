#pragma once

#include "postgres/serverreport.h"

namespace eventloupe {

/// lookAtServer() or lookAtMysqlServer(), and which libraries' event stores its tables are. Any
/// thread.
[[nodiscard]] Result<ServerReport> lookAtDatabase(
    const QString& location, const CancelToken& cancel);

} // namespace eventloupe
