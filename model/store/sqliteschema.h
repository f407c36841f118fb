#pragma once

#include "store/sqliteconnection.h"

namespace eventloupe {

constexpr quint32 schemaApplicationId = 0x45764c70; ///< "EvLp".
constexpr quint32 schemaVersion = 1; ///< In user_version.

/// Statements that make the tables, indexes and triggers of an empty store.
[[nodiscard]] QByteArray schemaSql();
/// Statements that say in the file's header what it is.
[[nodiscard]] QByteArray schemaHeaderSql();

/// What is said where reading the definitions of a file's tables failed: of a damaged one nothing
/// can be read, so that it cannot be verified or repaired either. Another error as it is.
[[nodiscard]] Error unreadableSchema(const Error& error, const QString& location);

/// Whether tables, indexes and triggers are ours to the letter, so that no view or trigger of a
/// hostile file runs and no index is missing: Corrupt where they are not. Well under a millisecond.
[[nodiscard]] Result<void> checkSchema(SqliteConnection& connection);

} // namespace eventloupe
