#pragma once

#include "postgres/postgresconnection.h"
#include "server/serverforeigndatabase.h"

#include <QByteArrayList>
#include <QHash>

#include <vector>

namespace eventloupe {

/// Another library's tables on a PostgreSQL server, through a session that the server itself keeps
/// from writing (default_transaction_read_only) and that ends what takes too long.
///
/// Each SELECT is one statement, and so sees one snapshot. Nothing but pg_catalog is in the search
/// path: tables are named with their schemas, and no function or operator of the database's own is
/// called.
class PostgresForeignDatabase final : public ServerForeignDatabase {
public:
    /// InvalidArgument (no address of PostgreSQL's), and what PostgresConnection::open() says.
    static Result<std::unique_ptr<ForeignDatabase>> open(
        const QString& location, const Limits& limits);
    static Result<std::unique_ptr<ForeignDatabase>> open(const QString& location)
    {
        return open(location, Limits());
    }

    [[nodiscard]] QString location() const override { return m_options.address.location; }
    [[nodiscard]] ForeignEngine engine() const override { return ForeignEngine::PostgreSql; }
    /// Plain tables and the parents of partitioned ones that the role may read, with those of their
    /// columns that it may; of the schema that the location names, else of all. What inherits from
    /// another table is a part of that. Views, foreign tables and what may not be read are refused.
    Result<ForeignCatalog> catalog() override;
    Result<void> select(
        std::string_view sql, std::span<const ForeignValue> parameters, RowPage& page) override;
    /// One round trip: whether the server's snapshot is another one than the last time.
    Result<bool> hasChanged() override;
    Result<qint64> aboutRows(const ForeignTable& table) override;

    [[nodiscard]] bool commitsOutOfOrder() const override { return true; }
    /// The first transaction number that was not given yet. Who holds a lock for writing is noted
    /// as well: a transaction has a lock on the table before it takes a number of a sequence, and a
    /// number of its own only after that.
    Result<qint64> sighting() override;
    /// Of the last sighting alone.
    Result<bool> hasSettled(qint64 sighting) override;

protected:
    Result<std::unique_ptr<ServerSession>> connect(const std::function<bool()>& isEnded) override;

private:
    PostgresForeignDatabase(PostgresOptions options, const Limits& limits);
    static Result<void> prepare(PostgresConnection& connection);
    /// Of the session that is open; null where none is.
    [[nodiscard]] PostgresConnection* connection() const;
    Result<PostgresResult> query(std::string_view sql, const PostgresParameters& parameters = {});
    Result<void> readColumns(ForeignCatalog& catalog, const std::vector<qint64>& numbers);
    Result<void> readIndexes(ForeignCatalog& catalog, const std::vector<qint64>& numbers);
    static QHash<qint64, ForeignTable*> byNumber(
        ForeignCatalog& catalog, const std::vector<qint64>& numbers);

    PostgresOptions m_options;
    bool m_hasSnapshots = true; ///< False where the engine has no transaction numbers to look at.
    QByteArray m_snapshot; ///< At the last hasChanged().
    QByteArrayList m_writers; ///< Transactions that could write at the last sighting.
    Clock::time_point m_sightedAt;
};

} // namespace eventloupe
