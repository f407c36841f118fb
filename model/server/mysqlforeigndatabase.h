#pragma once

#include "mysql/mysqlconnection.h"
#include "server/serverforeigndatabase.h"

#include <QByteArrayList>

#include <functional>

namespace eventloupe {

/// Another library's tables on a MySQL or MariaDB server, through a session whose transactions are
/// all read-only, and that ends what takes too long.
///
/// Each SELECT is one statement and a transaction of its own, and so sees one snapshot of InnoDB's.
/// Tables are named with their databases, and no routine of theirs is called.
class MysqlForeignDatabase final : public ServerForeignDatabase {
public:
    /// InvalidArgument (no address of MySQL's), and what MysqlConnection::open() says.
    static Result<std::unique_ptr<ForeignDatabase>> open(
        const QString& location, const Limits& limits);
    static Result<std::unique_ptr<ForeignDatabase>> open(const QString& location)
    {
        return open(location, Limits());
    }

    [[nodiscard]] QString location() const override { return m_options.address.location; }
    [[nodiscard]] ForeignEngine engine() const override { return ForeignEngine::MySql; }
    /// Plain tables that the user may read, with those of their columns that it may; of the
    /// database that the location names, else of all but the server's own. Views, sequences, tables
    /// on other servers or in other programs' files, and what may not be read, are refused.
    Result<ForeignCatalog> catalog() override;
    Result<void> select(
        std::string_view sql, std::span<const ForeignValue> parameters, RowPage& page) override;
    /// One round trip: whether InnoDB's log of changes has grown. A transaction is in it a moment
    /// before it is visible, so the next look says yes as well. Always yes where there are tables
    /// of other engines.
    Result<bool> hasChanged() override;
    Result<qint64> aboutRows(const ForeignTable& table) override;

    [[nodiscard]] bool commitsOutOfOrder() const override { return true; }
    Result<qint64> sighting() override;
    /// Of the last sighting alone: whether the transactions that had locks then have ended. Which
    /// there are only those may see who have the privilege PROCESS; without it, and on servers that
    /// follow another one, time has to do.
    Result<bool> hasSettled(qint64 sighting) override;

protected:
    Result<std::unique_ptr<ServerSession>> connect(const std::function<bool()>& isEnded) override;

private:
    MysqlForeignDatabase(MysqlOptions options, const Limits& limits);
    [[nodiscard]] MysqlConnection* connection() const;
    /// One statement of ours, with all its rows.
    Result<RowPage> query(
        std::string_view sql, std::initializer_list<ForeignValue> parameters = {});
    /// The condition that keeps to the databases that are meant, of a column.
    [[nodiscard]] std::string inScope(const char* column) const;
    Result<void> readColumns(ForeignCatalog& catalog);
    Result<void> readIndexes(ForeignCatalog& catalog);
    Result<bool> hasOtherEngines();
    /// Transactions that hold locks just now; nothing where what the server says may be of before.
    Result<std::optional<QByteArrayList>> writers();
    Result<bool> settleByTime() const;

    MysqlOptions m_options;
    std::optional<bool> m_isAlwaysChanged;
    QByteArray m_changes; ///< What the server counted at the last hasChanged().
    bool m_hadChanged = false;
    bool m_seesTransactions = true; ///< Until the server says otherwise.
    std::optional<bool> m_isFollower;
    std::optional<QByteArrayList> m_writers; ///< That were there soon after the last sighting.
    Clock::time_point m_sightedAt;
    Clock::time_point m_nextLook; ///< At transactions; not before it.
    std::chrono::milliseconds m_betweenLooks { 120 };
    qint64 m_looks = 0; ///< At transactions, so far.
};

} // namespace eventloupe
