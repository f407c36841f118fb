#include "store/sqlitetablerows.h"

#include <QString>

#include <algorithm>
#include <array>
#include <limits>

namespace eventloupe {

namespace {

struct TableName {
    StoreTable table;
    const char* name;
    const char* rowId;
};
constexpr std::array tables { TableName { StoreTable::Category, "category", "id" },
    TableName { StoreTable::Stream, "stream", "id" },
    TableName { StoreTable::EventType, "event_type", "id" },
    TableName { StoreTable::Event, "event", "position" } };

/// Whether a table can be read from end to end, and its row ids, which are dense from 1, are all
/// there, up to `last` at least.
Result<bool> isWhole(SqliteConnection& connection, const TableName& table, Position last)
{
    // Not count(*), which no token ends.
    auto statement = connection.prepare(
        QStringLiteral("SELECT count(%1), max(%1), min(%1) FROM %2 NOT INDEXED")
            .arg(QLatin1String(table.rowId), QLatin1String(table.name))
            .toStdString());
    const auto stepped = statement.step();
    if (!stepped)
        return stepped.error().code == ErrorCode::Corrupt ? Result(false) : stepped.error();
    const qint64 count = statement.integer(0);
    return count == statement.integer(1) && count >= last
        && (count == 0 || statement.integer(2) == 1);
}

} // namespace

Result<bool> tablesAreWhole(SqliteConnection& connection, Position last, const CancelToken& cancel)
{
    const SqliteWatch watch(connection, cancel);
    for (const TableName& table : tables) {
        const auto whole = isWhole(connection, table, table.table == StoreTable::Event ? last : 0);
        if (!whole || !*whole)
            return whole;
    }
    return true;
}

Result<TableRoots> tableRootsOf(SqliteConnection& connection)
{
    TableRoots roots;
    auto statement = connection.prepare(
        "SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = ?1");
    for (const TableName& table : tables) {
        const auto root = statement.bindText(1, table.name).number(0);
        if (!root)
            return root.error();
        roots[table.table] = static_cast<quint32>(*root);
        statement.reset();
    }
    return roots;
}

Result<quint32> lastRootOf(SqliteConnection& connection)
{
    const auto root = connection.prepare("SELECT max(rootpage) FROM sqlite_schema").number(0);
    if (!root)
        return root.error();
    // Also of a file that says anything.
    return static_cast<quint32>(
        std::clamp<qint64>(*root, 0, std::numeric_limits<quint32>::max()));
}

} // namespace eventloupe
