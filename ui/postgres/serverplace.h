#pragma once

#include "postgres/serverfields.h"

namespace eventloupe {

/// The kinds of database server that can be asked for.
enum class ServerKind { PostgreSql, MySql };

/// Where a server of either kind is, in parts, as people fill them in. Of MySQL and MariaDB the
/// host is one, or the path of a socket; they have no services and no schemas.
struct ServerPlace {
    ServerKind kind = ServerKind::PostgreSql;
    ServerFields fields;

    /// Takes a location apart; InvalidArgument as PostgresAddress::parse() and
    /// MysqlAddress::parse(), and a password in it is taken out and remembered as there.
    [[nodiscard]] static Result<ServerPlace> fromLocation(const QString& location);
    /// A URI; fromLocation() gives the same place back.
    [[nodiscard]] QString toLocation() const;
};

} // namespace eventloupe
