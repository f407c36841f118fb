#include "server/postgresforeigndatabase.h"

#include "server/postgresrows.h"
#include "server/servertext.h"

namespace eventloupe {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t mostPageBytes = std::size_t(8) * 1024 * 1024;
constexpr int mostTries = 4;
constexpr auto firstPause = 250ms;
constexpr auto longestPause = 5'000ms;
/// On a standby, and where there are no transaction numbers, time has to do.
constexpr auto standbyPatience = 1'000ms;
constexpr auto numberlessPatience = 10'000ms;

Error cancelled()
{
    return { ErrorCode::Cancelled, ServerText::tr("cancelled") };
}

} // namespace

PostgresForeignDatabase::PostgresForeignDatabase(PostgresOptions options, const Limits& limits)
    : m_options(std::move(options))
    , m_limits(limits)
{
}

PostgresForeignDatabase::~PostgresForeignDatabase() = default;

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
    if (const auto connected = database->connect(); !connected)
        return connected.error();
    if (const auto seen = database->hasChanged(); !seen)
        return seen.error();
    return std::unique_ptr<ForeignDatabase>(std::move(database));
}

bool PostgresForeignDatabase::isEnded() const
{
    return m_isInterrupted.load() || (m_watched != nullptr && m_watched->isCancelled());
}

Result<void> PostgresForeignDatabase::connect()
{
    adopt(nullptr);
    auto connection = PostgresConnection::open(m_options, [this] { return isEnded(); });
    if (!connection)
        return connection.error();
    if (const auto prepared = prepare(**connection); !prepared)
        return prepared;
    adopt(std::move(*connection));
    return {};
}

Result<void> PostgresForeignDatabase::prepare(PostgresConnection& connection)
{
    QByteArray sql = "SET search_path = pg_catalog;";
    if (connection.serverVersion() >= 110000)
        sql += " SET jit = off;";
    return connection.execute(sql);
}

void PostgresForeignDatabase::adopt(std::unique_ptr<PostgresConnection> connection)
{
    if (connection)
        connection->watch(m_watched);
    const std::scoped_lock lock(m_mutex);
    m_connection.swap(connection);
}

Result<void> PostgresForeignDatabase::attempt(
    const std::function<Result<void>(PostgresConnection&)>& call)
{
    m_isInterrupted.store(false);
    Result<void> done;
    for (int tries = 0; tries < mostTries; ++tries) {
        if (isEnded())
            return cancelled();
        if (!m_connection || m_connection->isBroken()) {
            if (!m_trouble.isEmpty() && Clock::now() < m_nextConnect)
                return Error { ErrorCode::Busy, m_trouble };
            if (const auto connected = connect(); !connected) {
                if (connected.error().code == ErrorCode::Cancelled)
                    return connected;
                m_pause
                    = std::clamp<std::chrono::milliseconds>(m_pause * 2, firstPause, longestPause);
                m_nextConnect = Clock::now() + m_pause;
                m_trouble = connected.error().message;
                return Error { ErrorCode::Busy, m_trouble };
            }
        }
        const auto begun = Clock::now();
        done = call(*m_connection);
        if (done) {
            m_trouble.clear();
            m_pause = 0ms;
            return done;
        }
        bool mayRepeat = false;
        done = settleFailure(done.error(), begun, mayRepeat);
        if (!mayRepeat)
            return done;
    }
    return Error { ErrorCode::Busy, done.error().message };
}

/// What a failed call means, and whether another try may mend it.
Result<void> PostgresForeignDatabase::settleFailure(
    const Error& error, Clock::time_point begun, bool& mayRepeat)
{
    if (m_connection->isBroken()) {
        mayRepeat = !isEnded();
        return isEnded() ? cancelled() : error;
    }
    const QByteArray& state = m_connection->sqlState();
    if (error.code != ErrorCode::Cancelled && state != "57014")
        return error;
    if (isEnded())
        return cancelled();
    // Nobody asked for it: the server's own limit, or a request that came too late for the
    // statement that it was meant for.
    const auto took = Clock::now() - begun;
    mayRepeat = m_limits.statement == 0ms || took < m_limits.statement * 9 / 10;
    if (mayRepeat)
        return error;
    return Error { ErrorCode::InputOutput,
        ServerText::tr("%1: the server gave up on reading after %2 s; see which index would help.")
            .arg(location())
            .arg(std::chrono::duration_cast<std::chrono::seconds>(took).count()) };
}

Result<PostgresResult> PostgresForeignDatabase::query(
    std::string_view sql, const PostgresParameters& parameters)
{
    PostgresResult rows;
    const auto done = attempt([&](PostgresConnection& connection) -> Result<void> {
        auto result = connection.query(sql, parameters, true);
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
    return attempt([&](PostgresConnection& connection) -> Result<void> {
        page.begin(1);
        bool isFirst = true;
        auto read = connection.stream(sql, values, [&](const PostgresResult& row) {
            if (std::exchange(isFirst, false))
                page.begin(row.columns());
            copyRow(row, 0, page);
            if (page.size() > mostPageBytes)
                page.setCut();
            return !page.isCut();
        });
        // invalid_text_representation, numeric_value_out_of_range: what no value of the column's
        // type can be, such as a text for a UUID, is that of no row.
        if (!read && (connection.sqlState() == "22P02" || connection.sqlState() == "22003"))
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
    if (!row && m_connection && m_connection->sqlState() == "42883") { // undefined_function
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
    const bool isNew = m_connection && m_connection->serverVersion() >= 130000;
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
    const bool isNew = m_connection && m_connection->serverVersion() >= 130000;
    const auto oldest = query(isNew ? "SELECT pg_snapshot_xmin(pg_current_snapshot())"
                                    : "SELECT txid_snapshot_xmin(txid_current_snapshot())");
    if (!oldest)
        return oldest.error();
    if (oldest->number(0) < sighting)
        return false;
    // What the primary's transactions hold does not show on a standby.
    if (m_connection && m_connection->isStandby())
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

std::optional<ForeignOutage> PostgresForeignDatabase::outage() const
{
    if (m_trouble.isEmpty())
        return {};
    return ForeignOutage { m_trouble, m_nextConnect };
}

StoreServer PostgresForeignDatabase::server() const
{
    return m_connection && !m_connection->isBroken() ? m_connection->server() : StoreServer();
}

const CancelToken* PostgresForeignDatabase::watch(const CancelToken* token)
{
    if (m_connection)
        m_connection->watch(token);
    return std::exchange(m_watched, token);
}

void PostgresForeignDatabase::interrupt()
{
    m_isInterrupted.store(true);
    const std::scoped_lock lock(m_mutex);
    if (m_connection)
        m_connection->interrupt();
}

} // namespace eventloupe
