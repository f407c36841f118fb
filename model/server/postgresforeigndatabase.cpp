#include "server/postgresforeigndatabase.h"

#include "server/postgresrows.h"
#include "server/servertext.h"

namespace eventloupe {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t mostPageBytes = std::size_t(8) * 1024 * 1024;
/// On a standby, and where there are no transaction numbers, time has to do.
constexpr auto standbyPatience = 1'000ms;
constexpr auto numberlessPatience = 10'000ms;

class PostgresServerSession final : public ServerSession {
public:
    explicit PostgresServerSession(std::unique_ptr<PostgresConnection> opened)
        : connection(std::move(opened))
    {
    }
    [[nodiscard]] bool isLost() const override { return connection->isBroken(); }
    [[nodiscard]] bool wasStopped() const override
    {
        return connection->sqlState() == "57014"; // query_canceled
    }
    [[nodiscard]] StoreServer server() const override { return connection->server(); }
    void watch(const CancelToken* token) override { connection->watch(token); }
    void interrupt() override { connection->interrupt(); }

    const std::unique_ptr<PostgresConnection> connection;
};

} // namespace

PostgresForeignDatabase::PostgresForeignDatabase(PostgresOptions options, const Limits& limits)
    : ServerForeignDatabase(limits)
    , m_options(std::move(options))
{
}

Result<std::unique_ptr<ForeignDatabase>> PostgresForeignDatabase::open(
    const QString& location, const Limits& limits)
{
    auto address = PostgresAddress::parse(location);
    if (!address)
        return address.error();
    PostgresOptions options;
    options.address = std::move(*address);
    options.isReadOnly = true;
    options.statementTimeout = limits.statement;
    options.lockTimeout = limits.lock;
    // A sort of the whole log gives no sign of life before its end.
    options.answerTimeout = limits.statement + 10s;
    std::unique_ptr<PostgresForeignDatabase> database(
        new PostgresForeignDatabase(std::move(options), limits));
    if (const auto begun = database->begin(); !begun)
        return begun.error();
    if (const auto seen = database->hasChanged(); !seen)
        return seen.error();
    return std::unique_ptr<ForeignDatabase>(std::move(database));
}

Result<std::unique_ptr<ServerSession>> PostgresForeignDatabase::connect(
    const std::function<bool()>& isEnded)
{
    auto connection = PostgresConnection::open(m_options, isEnded);
    if (!connection)
        return connection.error();
    if (const auto prepared = prepare(**connection); !prepared)
        return prepared.error();
    return std::unique_ptr<ServerSession>(
        std::make_unique<PostgresServerSession>(std::move(*connection)));
}

PostgresConnection* PostgresForeignDatabase::connection() const
{
    auto* const session = static_cast<PostgresServerSession*>(this->session());
    return session != nullptr ? session->connection.get() : nullptr;
}

Result<void> PostgresForeignDatabase::prepare(PostgresConnection& connection)
{
    QByteArray sql = "SET search_path = pg_catalog;";
    if (connection.serverVersion() >= 110000)
        sql += " SET jit = off;";
    return connection.execute(sql);
}

Result<PostgresResult> PostgresForeignDatabase::query(
    std::string_view sql, const PostgresParameters& parameters)
{
    PostgresResult rows;
    const auto done = attempt([&]() -> Result<void> {
        auto result = connection()->query(sql, parameters, true);
        if (!result)
            return result.error();
        rows = std::move(*result);
        return {};
    });
    if (!done)
        return done.error();
    return rows;
}

Result<void> PostgresForeignDatabase::select(
    std::string_view sql, std::span<const ForeignValue> parameters, RowPage& page)
{
    const PostgresParameters values = toParameters(parameters);
    return attempt([&]() -> Result<void> {
        page.begin(1);
        bool isFirst = true;
        auto read = connection()->stream(sql, values, [&](const PostgresResult& row) {
            if (std::exchange(isFirst, false))
                page.begin(row.columns());
            copyRow(row, 0, page);
            if (page.size() > mostPageBytes)
                page.setCut();
            return !page.isCut();
        });
        // invalid_text_representation, numeric_value_out_of_range: what no value of the column's
        // type can be, such as a text for a UUID, is that of no row.
        if (!read && (connection()->sqlState() == "22P02" || connection()->sqlState() == "22003"))
            return {};
        return read;
    });
}

Result<bool> PostgresForeignDatabase::hasChanged()
{
    if (!m_hasSnapshots)
        return true;
    // Whatever becomes visible changes it; what is under way in other databases does, too.
    const auto row = query("SELECT txid_current_snapshot()::text");
    if (!row && connection() && connection()->sqlState() == "42883") { // undefined_function
        m_hasSnapshots = false;
        return true;
    }
    if (!row)
        return row.error();
    const QByteArray snapshot = row->string(0, 0).toUtf8();
    return std::exchange(m_snapshot, snapshot) != snapshot;
}

namespace {

/// Of the transactions that can write into tables of this database. A VACUUM cannot.
constexpr const char* writersOfDatabase
    = "SELECT DISTINCT l.virtualtransaction FROM pg_locks l"
      " JOIN pg_database d ON d.oid = l.database JOIN pg_class c ON c.oid = l.relation"
      " WHERE l.locktype = 'relation' AND d.datname = current_database() AND l.granted"
      " AND c.relkind IN ('r', 'p') AND l.mode IN ('RowExclusiveLock', 'ShareRowExclusiveLock',"
      " 'ExclusiveLock', 'AccessExclusiveLock')";

QByteArrayList firstColumn(const PostgresResult& rows)
{
    QByteArrayList texts;
    for (int row = 0; row < rows.rows(); ++row)
        texts.append(rows.string(row, 0).toUtf8());
    return texts;
}

} // namespace

Result<qint64> PostgresForeignDatabase::sighting()
{
    m_sightedAt = Clock::now();
    m_writers.clear();
    if (!m_hasSnapshots)
        return 0;
    const bool isNew = connection() && connection()->serverVersion() >= 130000;
    const auto next = query(isNew ? "SELECT pg_snapshot_xmax(pg_current_snapshot())"
                                  : "SELECT txid_snapshot_xmax(txid_current_snapshot())");
    if (!next)
        return next.error();
    // After the snapshot: who ended in between has ended before what is read next.
    const auto writers = query(writersOfDatabase);
    if (!writers)
        return writers.error();
    m_writers = firstColumn(*writers);
    return next->number(0);
}

Result<bool> PostgresForeignDatabase::hasSettled(qint64 sighting)
{
    if (!m_hasSnapshots)
        return Clock::now() - m_sightedAt >= numberlessPatience;
    const bool isNew = connection() && connection()->serverVersion() >= 130000;
    const auto oldest = query(isNew ? "SELECT pg_snapshot_xmin(pg_current_snapshot())"
                                    : "SELECT txid_snapshot_xmin(txid_current_snapshot())");
    if (!oldest)
        return oldest.error();
    if (oldest->number(0) < sighting)
        return false;
    // What the primary's transactions hold does not show on a standby.
    if (connection() && connection()->isStandby())
        return Clock::now() - m_sightedAt >= standbyPatience;
    if (m_writers.isEmpty())
        return true;
    const auto writers = query(writersOfDatabase);
    if (!writers)
        return writers.error();
    const QByteArrayList present = firstColumn(*writers);
    m_writers.removeIf([&present](const QByteArray& each) { return !present.contains(each); });
    return m_writers.isEmpty();
}

} // namespace eventloupe
