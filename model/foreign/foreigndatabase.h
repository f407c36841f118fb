#pragma once

#include "foreign/rowpage.h"
#include "store/eventstore.h"
#include "store/storenotices.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <memory>
#include <optional>
#include <span>

namespace eventloupe {

/// The kinds of database that a store profile may be of.
enum class ForeignEngine { Sqlite, PostgreSql, MySql };

/// As a profile spells it: "sqlite", "postgres", "mysql".
[[nodiscard]] QString engineName(ForeignEngine engine);

struct ForeignColumn {
    QString name;
    QString type; ///< As declared.
    bool isNullable = true;
};

/// A plain table: no view, nothing virtual, no part of a partitioned table.
struct ForeignTable {
    QString schema; ///< Empty in SQLite.
    QString name;
    QList<ForeignColumn> columns;
    QList<QStringList> indexes; ///< The columns of each, the primary key's among them.
    QStringList primaryKey;
    bool hasRowId = false; ///< SQLite's: a number a row that can be read as "rowid".
    qint64 aboutRows = 0; ///< An estimate; 0 where there is none.

    /// By name, without regard to case; nullptr.
    [[nodiscard]] const ForeignColumn* column(const QString& wanted) const;
    /// Whether an index begins with these columns, in their order.
    [[nodiscard]] bool hasIndexOn(const QStringList& wanted) const;
};

/// Why a database that is far away does not answer just now.
struct ForeignOutage {
    QString what; ///< For people.
    std::chrono::steady_clock::time_point nextTry;

    friend bool operator==(const ForeignOutage&, const ForeignOutage&) = default;
};

struct ForeignCatalog {
    QList<ForeignTable> tables;
    QStringList refused; ///< Views and the like that are never read, by name.
};

/// A connection to the database of another library: SELECTs and nothing else.
///
/// An instance belongs to the thread that opened it; only interrupt() may be called from another.
/// Whatever is asked of it, it changes nothing and leaves nothing behind. Every call may fail with
/// InputOutput, Corrupt, Busy or Cancelled (after interrupt(), or when the watched token is).
class ForeignDatabase {
public:
    virtual ~ForeignDatabase() = default;

    [[nodiscard]] virtual QString location() const = 0; ///< For captions, without a password.
    [[nodiscard]] virtual ForeignEngine engine() const = 0;
    [[nodiscard]] virtual FileIdentity identity() const { return {}; }

    virtual Result<ForeignCatalog> catalog() = 0;
    /// Runs one SELECT, whose parameters count from 1 in the order of their places in the text, and
    /// copies its rows into the page, all from one snapshot. Stops early, with isCut(), after a row
    /// with which the page has over 8 MB.
    virtual Result<void> select(
        std::string_view sql, std::span<const ForeignValue> parameters, RowPage& page)
        = 0;
    /// Whether the content may have changed since the last call. Microseconds.
    virtual Result<bool> hasChanged() = 0;
    /// An estimate of a table's rows without reading it; 0 where there is none.
    virtual Result<qint64> aboutRows(const ForeignTable& table) = 0;
    /// Whether rows may become visible behind ones that are visible already, as where a sequence
    /// gives numbers before the transaction ends. Where it is so, settledMark() tells how long a
    /// gap has to be waited at.
    [[nodiscard]] virtual bool commitsOutOfOrder() const { return false; }
    /// A number that only grows: every transaction that had begun when `sighting` was taken has
    /// ended once hasSettled(sighting).
    virtual Result<qint64> sighting() { return 0; }
    virtual Result<bool> hasSettled(qint64 /*sighting*/) { return true; }

    /// While calls fail with Busy, since the server is away: they will work again.
    [[nodiscard]] virtual std::optional<ForeignOutage> outage() const { return {}; }
    /// The next call tries to reach it, and not only when the next try is due.
    virtual void tryNow() { }
    /// Who answers; nobody for a file.
    [[nodiscard]] virtual StoreServer server() const { return {}; }

    /// While a token is watched, calls end with Cancelled soon after it is cancelled; it must
    /// outlive that. Null ends it. Returns the token that was watched before.
    virtual const CancelToken* watch(const CancelToken* token) = 0;
    virtual void interrupt() = 0;
};

/// Watches a token as long as it lives.
class ForeignWatch final {
public:
    ForeignWatch(ForeignDatabase& database, const CancelToken& token)
        : m_database(database)
        , m_before(database.watch(&token))
    {
    }
    ~ForeignWatch() { m_database.watch(m_before); }
    ForeignWatch(const ForeignWatch&) = delete;
    ForeignWatch& operator=(const ForeignWatch&) = delete;

private:
    ForeignDatabase& m_database;
    const CancelToken* m_before;
};

} // namespace eventloupe
