// PostgresForeignDatabase: which tables there are.

#include "server/postgresforeigndatabase.h"
#include "value/event.h"

namespace eventloupe {

namespace {

/// What a session may read: plain tables (r) and partitioned ones (p); not what belongs to one of
/// these, nor the server's own.
constexpr const char* tablesQuery
    = "SELECT c.oid, n.nspname, c.relname, c.relkind IN ('r', 'p')"
      " AND has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT')"
      " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
      " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relpersistence <> 't'"
      " AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'"
      " AND ($1::text = '' OR n.nspname = $1::text)"
      " AND NOT EXISTS (SELECT 1 FROM pg_inherits i WHERE i.inhrelid = c.oid)"
      " ORDER BY n.nspname, c.relname";

constexpr const char* columnsQuery
    = "SELECT a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull"
      " FROM pg_attribute a WHERE a.attrelid = ANY($1::oid[]) AND a.attnum > 0"
      " AND NOT a.attisdropped AND has_column_privilege(a.attrelid, a.attnum, 'SELECT')"
      " ORDER BY a.attrelid, a.attnum";

/// The columns of each index over all rows, one a line, up to the first that is an expression.
constexpr const char* indexesQuery
    = "SELECT x.indrelid, x.indexrelid, x.indisprimary, a.attname"
      " FROM pg_index x, generate_series(0, 31) AS k(i), pg_attribute a"
      " WHERE x.indrelid = ANY($1::oid[]) AND x.indisvalid AND x.indpred IS NULL"
      " AND k.i <= array_upper(x.indkey, 1) AND a.attrelid = x.indrelid AND a.attnum = "
      "x.indkey[k.i]"
      " AND NOT EXISTS (SELECT 1 FROM generate_series(0, k.i) AS e(i) WHERE x.indkey[e.i] = 0)"
      " ORDER BY x.indrelid, x.indisprimary DESC, x.indexrelid, k.i";

/// Of the table and all of its parts; where the server has not counted it, by its size.
constexpr const char* rowsQuery
    = "WITH RECURSIVE part(oid) AS (SELECT c.oid FROM pg_class c"
      " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1::text AND c.relname = "
      "$2::text"
      " UNION ALL SELECT i.inhrelid FROM pg_inherits i JOIN part p ON p.oid = i.inhparent)"
      " SELECT coalesce(sum(CASE WHEN c.relkind <> 'r' THEN 0"
      " WHEN c.reltuples > 0 AND c.relpages > 0 THEN c.reltuples * (pg_relation_size(c.oid)"
      " / (c.relpages * current_setting('block_size')::float8))"
      " ELSE pg_relation_size(c.oid) / 200 END), 0)::bigint"
      " FROM part p JOIN pg_class c ON c.oid = p.oid";

} // namespace

Result<ForeignCatalog> PostgresForeignDatabase::catalog()
{
    const auto list = query(
        tablesQuery, PostgresParameters().addText(viewOf(m_options.address.schema.toUtf8())));
    if (!list)
        return list.error();
    ForeignCatalog catalog;
    std::vector<qint64> numbers;
    for (int row = 0; row < list->rows(); ++row) {
        ForeignTable table;
        table.schema = list->string(row, 1);
        table.name = list->string(row, 2);
        if (!list->boolean(row, 3)) {
            catalog.refused.append(table.schema + u'.' + table.name);
            continue;
        }
        numbers.push_back(list->integer(row, 0));
        catalog.tables.append(std::move(table));
    }
    if (const auto read = readColumns(catalog, numbers); !read)
        return read.error();
    if (const auto read = readIndexes(catalog, numbers); !read)
        return read.error();
    return catalog;
}

Result<void> PostgresForeignDatabase::readColumns(
    ForeignCatalog& catalog, const std::vector<qint64>& numbers)
{
    const auto columns = query(columnsQuery, PostgresParameters().addNumbers(numbers));
    if (!columns)
        return columns.error();
    const auto tables = byNumber(catalog, numbers);
    for (int row = 0; row < columns->rows(); ++row)
        tables.value(columns->integer(row, 0))
            ->columns.append(
                { columns->string(row, 1), columns->string(row, 2), columns->boolean(row, 3) });
    return {};
}

Result<void> PostgresForeignDatabase::readIndexes(
    ForeignCatalog& catalog, const std::vector<qint64>& numbers)
{
    const auto columns = query(indexesQuery, PostgresParameters().addNumbers(numbers));
    if (!columns)
        return columns.error();
    const auto tables = byNumber(catalog, numbers);
    qint64 index = 0;
    for (int row = 0; row < columns->rows(); ++row) {
        ForeignTable& table = *tables.value(columns->integer(row, 0));
        if (std::exchange(index, columns->integer(row, 1)) != columns->integer(row, 1))
            table.indexes.append(QStringList());
        table.indexes.last().append(columns->string(row, 3));
        if (columns->boolean(row, 2))
            table.primaryKey.append(columns->string(row, 3));
    }
    return {};
}

QHash<qint64, ForeignTable*> PostgresForeignDatabase::byNumber(
    ForeignCatalog& catalog, const std::vector<qint64>& numbers)
{
    QHash<qint64, ForeignTable*> tables;
    for (std::size_t i = 0; i < numbers.size(); ++i)
        tables.insert(numbers[i], &catalog.tables[static_cast<qsizetype>(i)]);
    return tables;
}

Result<qint64> PostgresForeignDatabase::aboutRows(const ForeignTable& table)
{
    const auto rows = query(rowsQuery,
        PostgresParameters()
            .addText(viewOf(table.schema.toUtf8()))
            .addText(viewOf(table.name.toUtf8())));
    if (!rows)
        return rows.error();
    return rows->number(0);
}

} // namespace eventloupe
