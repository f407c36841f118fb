#pragma once

#include "postgres/postgresconnection.h"
#include "store/hashchain.h"
#include "value/event.h"

#include <vector>

namespace eventloupe {

/// The row "head": the end of the log, and how many streams, categories and types there are.
struct PostgresHead {
    Position position = 0;
    EventHash hash {};
    StreamId streams = 0;
    qint64 categories = 0;
    qint64 types = 0;

    /// Of the columns position, hash, streams, categories, types.
    static PostgresHead of(const PostgresResult& row);
};

/// Locks the end of the log up to the end of the transaction; see resources/sql/postgres.sql.
constexpr std::string_view lockHeadSql
    = "SELECT position, hash, streams, categories, types FROM head FOR UPDATE";
constexpr std::string_view beginSql = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

/// The step that moves the end of the log.
[[nodiscard]] PostgresConnection::Step headStep(const PostgresHead& head);

[[nodiscard]] std::string_view viewOf(const EventHash& hash);

/// Whether the log holds the event that `head` ends with: how a commit ended that gave no answer.
/// Asked behind the lock, so that what is left of a session that was lost is over. The connection
/// is in no transaction, or in one that is given up.
[[nodiscard]] Result<bool> isStored(PostgresConnection& connection, const PostgresHead& head);

/// Ends a transaction that failed, as far as the session is there.
void rollBack(PostgresConnection& connection);

} // namespace eventloupe
