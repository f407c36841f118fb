#pragma once

#include "postgres/postgresconnection.h"

namespace eventloupe {

constexpr int postgresFormat = 1; ///< In the table "store".

/// Which PostgreSQL it is, where that makes a difference.
enum class PostgresEngine {
    PostgreSql, ///< Citus as well.
    Yugabyte,
    Cockroach,
};

/// A store's schema on a server, and what is known of it.
struct PostgresSchema {
    QString name;
    QString storeId; ///< A UUID, made with the schema.
    PostgresEngine engine = PostgresEngine::PostgreSql;

    /// Of the notifications that announce growth.
    [[nodiscard]] QByteArray channel() const;
    [[nodiscard]] bool hasNotifications() const { return engine == PostgresEngine::PostgreSql; }

    /// Looks for a store in a schema and makes the session see its tables. NotFound where there is
    /// no such schema or it is empty, NotOurs where it holds something else, NewerVersion; nothing
    /// is written.
    [[nodiscard]] static Result<PostgresSchema> find(
        PostgresConnection& connection, const QString& name);
    /// Makes an empty store in a new or empty schema, in one transaction; gives its id.
    [[nodiscard]] static Result<QString> create(PostgresConnection& connection, const QString& name);
};

/// Why the session's role cannot append to the store that it sees; empty when it can.
[[nodiscard]] Result<QString> findMissingRight(PostgresConnection& connection);

} // namespace eventloupe
