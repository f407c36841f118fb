#include "server/mysqlforeigndatabase.h"

#include "mysql/mysqlerror.h"
#include "server/mysqlrows.h"
#include "server/mysqlstatement.h"

#include <algorithm>
#include <utility>

namespace eventloupe {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t mostPageBytes = std::size_t(8) * 1024 * 1024;
/// A statement has its number a moment before its transaction has a lock.
constexpr auto sightingPatience = 20ms;
/// The server shows its transactions as they were at the last look, if that is less than 0.1 s ago;
/// where others look as well, we wait longer.
constexpr auto shortestBetweenLooks = 120ms;
constexpr auto longestBetweenLooks = 1'000ms;
/// Where transactions cannot be seen, time has to do.
constexpr auto blindPatience = 10'000ms;

class MysqlServerSession final : public ServerSession {
public:
    explicit MysqlServerSession(std::unique_ptr<MysqlConnection> opened)
        : connection(std::move(opened))
    {
    }
    [[nodiscard]] bool isLost() const override { return connection->isBroken(); }
    [[nodiscard]] bool wasStopped() const override { return isStopped(connection->errorNumber()); }
    [[nodiscard]] StoreServer server() const override { return connection->server(); }
    void watch(const CancelToken* token) override { connection->watch(token); }
    void interrupt() override { connection->interrupt(); }

    const std::unique_ptr<MysqlConnection> connection;
};

QByteArray rowText(const RowPage& page, std::size_t row)
{
    std::string buffer;
    QByteArray text;
    for (int column = 0; column < page.columns(); ++column) {
        const std::string_view value = page.text(row, column, buffer);
        text += QByteArray(value.data(), static_cast<qsizetype>(value.size())) + '/';
    }
    return text;
}

} // namespace

MysqlForeignDatabase::MysqlForeignDatabase(MysqlOptions options, const Limits& limits)
    : ServerForeignDatabase(limits)
    , m_options(std::move(options))
{
}

Result<std::unique_ptr<ForeignDatabase>> MysqlForeignDatabase::open(
    const QString& location, const Limits& limits)
{
    auto address = MysqlAddress::parse(location);
    if (!address)
        return address.error();
    MysqlOptions options;
    options.address = std::move(*address);
    options.statementTimeout = limits.statement;
    options.lockTimeout = limits.lock;
    // A sort of the whole log gives no sign of life before its end.
    options.answerTimeout = limits.statement + 10s;
    std::unique_ptr<MysqlForeignDatabase> database(
        new MysqlForeignDatabase(std::move(options), limits));
    if (const auto begun = database->begin(); !begun)
        return begun.error();
    if (const auto seen = database->hasChanged(); !seen)
        return seen.error();
    database->m_hadChanged = false;
    return std::unique_ptr<ForeignDatabase>(std::move(database));
}

Result<std::unique_ptr<ServerSession>> MysqlForeignDatabase::connect(
    const std::function<bool()>& isEnded)
{
    auto opened = MysqlConnection::open(m_options, isEnded);
    if (!opened)
        return opened.error();
    return std::unique_ptr<ServerSession>(std::make_unique<MysqlServerSession>(std::move(*opened)));
}

MysqlConnection* MysqlForeignDatabase::connection() const
{
    auto* const open = static_cast<MysqlServerSession*>(session());
    return open != nullptr ? open->connection.get() : nullptr;
}

Result<void> MysqlForeignDatabase::select(
    std::string_view sql, std::span<const ForeignValue> parameters, RowPage& page)
{
    const std::string statement = boundStatement(sql, parameters);
    return attempt([&]() -> Result<void> {
        page.begin(1);
        bool isFirst = true;
        return connection()->query(statement, [&](const MysqlRow& row) {
            if (std::exchange(isFirst, false))
                page.begin(row.columns());
            copyRow(row, page);
            if (page.size() > mostPageBytes)
                page.setCut();
            return !page.isCut();
        });
    });
}

Result<RowPage> MysqlForeignDatabase::query(
    std::string_view sql, std::initializer_list<ForeignValue> parameters)
{
    RowPage page;
    if (const auto read = select(sql, { parameters.begin(), parameters.size() }, page); !read)
        return read.error();
    return page;
}

Result<bool> MysqlForeignDatabase::hasOtherEngines()
{
    const auto found = query("SELECT count(*) FROM information_schema.TABLES WHERE TABLE_TYPE IN"
                             " ('BASE TABLE', 'SYSTEM VERSIONED') AND ENGINE <> 'InnoDB' AND "
        + inScope("TABLE_SCHEMA"));
    if (!found)
        return found.error();
    return found->integer(0, 0) > 0;
}

Result<bool> MysqlForeignDatabase::hasChanged()
{
    if (!m_isAlwaysChanged) {
        const auto others = hasOtherEngines();
        if (!others)
            return others.error();
        m_isAlwaysChanged = *others;
    }
    if (*m_isAlwaysChanged)
        return true;
    // MariaDB's count, that of MySQL 8.0.30, and that of all, which follows within a second where
    // the server does not write its log at each commit.
    const auto counts = query("SHOW GLOBAL STATUS WHERE Variable_name IN ('Innodb_lsn_current',"
                              " 'Innodb_redo_log_current_lsn', 'Innodb_os_log_written')");
    if (!counts)
        return counts.error();
    QByteArray changes;
    for (std::size_t row = 0; row < counts->rows(); ++row)
        changes += rowText(*counts, row);
    if (changes.isEmpty()) {
        m_isAlwaysChanged = true;
        return true;
    }
    const bool isNew = std::exchange(m_changes, changes) != changes;
    return std::exchange(m_hadChanged, isNew) || isNew;
}

Result<qint64> MysqlForeignDatabase::sighting()
{
    m_sightedAt = Clock::now();
    m_writers.reset();
    return 0;
}

Result<bool> MysqlForeignDatabase::settleByTime() const
{
    return Clock::now() - m_sightedAt >= blindPatience;
}

Result<bool> MysqlForeignDatabase::hasSettled(qint64)
{
    if (!m_isFollower) {
        const auto settings = query("SELECT @@global.read_only");
        if (!settings)
            return settings.error();
        m_isFollower = settings->rows() > 0 && settings->integer(0, 0) != 0;
    }
    if (*m_isFollower || !m_seesTransactions)
        return settleByTime();
    const auto now = Clock::now();
    if (now - m_sightedAt < sightingPatience || now < m_nextLook)
        return false;
    const auto present = writers();
    if (!present)
        return present.error();
    m_betweenLooks = *present
        ? shortestBetweenLooks
        : std::min<std::chrono::milliseconds>(m_betweenLooks * 2, longestBetweenLooks);
    m_nextLook = Clock::now() + m_betweenLooks;
    if (!m_seesTransactions || (!*present && !m_writers))
        return settleByTime();
    if (!*present)
        return false;
    if (!m_writers)
        m_writers = **present;
    m_writers->removeIf([&](const QByteArray& each) { return !(*present)->contains(each); });
    return m_writers->isEmpty();
}

/// The server shows what it saw when somebody looked last, if that is less than 0.1 s ago
/// (MariaDB: storage/innobase/trx/trx0i_s.cc). So our own transaction has to be in it, with this
/// very statement.
Result<std::optional<QByteArrayList>> MysqlForeignDatabase::writers()
{
    using Writers = std::optional<QByteArrayList>;
    constexpr unsigned privilegeIsMissing = 1227;
    if (const auto begun = query("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"); !begun)
        return begun.error();
    const std::string mark = "look " + std::to_string(++m_looks);
    const auto rows = query("SELECT coalesce(trx_query, '') LIKE '%" + mark
        + " %' AND trx_mysql_thread_id = CONNECTION_ID(), trx_mysql_thread_id, trx_started,"
          " CASE WHEN trx_mysql_thread_id = 0 THEN trx_id END FROM"
          " information_schema.INNODB_TRX WHERE trx_lock_structs > 0 OR trx_rows_modified > 0"
          " OR trx_mysql_thread_id = CONNECTION_ID()");
    const unsigned number = connection() != nullptr ? connection()->errorNumber() : 0;
    if (const auto ended = query("COMMIT"); !ended)
        return ended.error();
    if (!rows && number == privilegeIsMissing) {
        m_seesTransactions = false;
        return Writers();
    }
    if (!rows)
        return rows.error();
    QByteArrayList found;
    bool isFresh = false;
    for (std::size_t row = 0; row < rows->rows(); ++row) {
        if (rows->integer(row, 0) == 1)
            isFresh = true;
        else
            found.append(rowText(*rows, row));
    }
    return isFresh ? Writers(found) : Writers();
}

} // namespace eventloupe
