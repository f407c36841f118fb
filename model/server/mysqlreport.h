#pragma once

#include "postgres/serverreport.h"

namespace eventloupe {

/// lookAtServer() of a MySQL or MariaDB server; nothing is recognised yet. Fails as
/// MysqlConnection::open() does, and with Cancelled.
[[nodiscard]] Result<ServerReport> lookAtMysqlServer(
    const QString& location, const CancelToken& cancel);

} // namespace eventloupe
