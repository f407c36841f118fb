// MysqlForeignDatabase: which tables there are.

#include "server/mysqlforeigndatabase.h"

#include "foreign/foreignsql.h"

#include <QHash>

#include <string>
#include <utility>

namespace eventloupe {

namespace {

/// What is on other servers, or in files of other programs.
constexpr const char* otherPlaces
    = "('FEDERATED', 'CONNECT', 'SPIDER', 'SPHINX', 'OQGRAPH', 'CSV', 'BLACKHOLE')";

/// A column of texts, which some servers give as bytes.
QString textAt(const RowPage& page, std::size_t row, int column)
{
    const std::string_view bytes = page.bytes(row, column);
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

using Place = std::pair<QString, QString>;

QHash<Place, ForeignTable*> byName(ForeignCatalog& catalog)
{
    QHash<Place, ForeignTable*> tables;
    for (ForeignTable& table : catalog.tables)
        tables.insert({ table.schema, table.name }, &table);
    return tables;
}

} // namespace

std::string MysqlForeignDatabase::inScope(const char* column) const
{
    const QString& database = m_options.address.database;
    if (!database.isEmpty())
        return column + (" = " + literal(ForeignEngine::MySql, database));
    return column
        + std::string(" NOT IN ('information_schema', 'performance_schema', 'mysql', 'sys')");
}

Result<ForeignCatalog> MysqlForeignDatabase::catalog()
{
    const auto list = query("SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE IN ('BASE TABLE',"
                            " 'SYSTEM VERSIONED') AND coalesce(ENGINE, '') NOT IN "
        + std::string(otherPlaces) + " FROM information_schema.TABLES WHERE "
        + inScope("TABLE_SCHEMA") + " ORDER BY TABLE_SCHEMA, TABLE_NAME");
    if (!list)
        return list.error();
    ForeignCatalog catalog;
    for (std::size_t row = 0; row < list->rows(); ++row) {
        ForeignTable table;
        table.schema = textAt(*list, row, 0);
        table.name = textAt(*list, row, 1);
        if (list->integer(row, 2) == 1)
            catalog.tables.append(std::move(table));
        else
            catalog.refused.append(table.schema + u'.' + table.name);
    }
    if (const auto read = readColumns(catalog); !read)
        return read.error();
    if (const auto read = readIndexes(catalog); !read)
        return read.error();
    // A table with no column that may be read is there for another purpose.
    for (const ForeignTable& table : std::as_const(catalog.tables))
        if (table.columns.isEmpty())
            catalog.refused.append(table.schema + u'.' + table.name);
    catalog.tables.removeIf([](const ForeignTable& table) { return table.columns.isEmpty(); });
    catalog.refused.sort();
    return catalog;
}

Result<void> MysqlForeignDatabase::readColumns(ForeignCatalog& catalog)
{
    const auto columns = query("SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, COLUMN_TYPE,"
                               " IS_NULLABLE = 'YES' FROM information_schema.COLUMNS WHERE"
                               " FIND_IN_SET('select', PRIVILEGES) > 0 AND "
        + inScope("TABLE_SCHEMA") + " ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION");
    if (!columns)
        return columns.error();
    const auto tables = byName(catalog);
    for (std::size_t row = 0; row < columns->rows(); ++row) {
        ForeignTable* const table
            = tables.value({ textAt(*columns, row, 0), textAt(*columns, row, 1) });
        if (table != nullptr)
            table->columns.append({ textAt(*columns, row, 2), textAt(*columns, row, 3),
                columns->integer(row, 4) == 1 });
    }
    return {};
}

/// Of each index that is in order, up to the first column of which it holds only the beginning, or
/// that is an expression.
Result<void> MysqlForeignDatabase::readIndexes(ForeignCatalog& catalog)
{
    const auto columns = query("SELECT TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, COLUMN_NAME,"
                               " SUB_PART IS NULL AND COLUMN_NAME IS NOT NULL FROM"
                               " information_schema.STATISTICS WHERE INDEX_TYPE = 'BTREE' AND "
        + inScope("TABLE_SCHEMA")
        + " ORDER BY TABLE_SCHEMA, TABLE_NAME, INDEX_NAME <> 'PRIMARY', INDEX_NAME, SEQ_IN_INDEX");
    if (!columns)
        return columns.error();
    const auto tables = byName(catalog);
    QString last;
    bool isWhole = true;
    for (std::size_t row = 0; row < columns->rows(); ++row) {
        const Place place { textAt(*columns, row, 0), textAt(*columns, row, 1) };
        const QString name = textAt(*columns, row, 2);
        ForeignTable* const table = tables.value(place);
        if (table == nullptr)
            continue;
        const QString index = place.first + u'\n' + place.second + u'\n' + name;
        if (std::exchange(last, index) != index) {
            isWhole = true;
            table->indexes.append(QStringList());
        }
        isWhole = isWhole && columns->integer(row, 4) == 1;
        if (!isWhole)
            continue;
        table->indexes.last().append(textAt(*columns, row, 3));
        if (name == u"PRIMARY")
            table->primaryKey.append(textAt(*columns, row, 3));
    }
    return {};
}

Result<qint64> MysqlForeignDatabase::aboutRows(const ForeignTable& table)
{
    const auto rows = query("SELECT coalesce(TABLE_ROWS, 0) FROM information_schema.TABLES WHERE"
                            " TABLE_SCHEMA = ?1 AND TABLE_NAME = ?2",
        { table.schema.toUtf8(), table.name.toUtf8() });
    if (!rows)
        return rows.error();
    return rows->rows() > 0 ? rows->integer(0, 0) : 0;
}

} // namespace eventloupe
