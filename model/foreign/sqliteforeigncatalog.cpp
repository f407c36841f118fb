#include "foreign/foreignsql.h"
#include "foreign/sqliteforeigndatabase.h"

#include <algorithm>
#include <limits>

namespace eventloupe {

namespace {

constexpr ForeignEngine sqlite = ForeignEngine::Sqlite;

QString textAt(const RowPage& page, std::size_t row, int column)
{
    std::string buffer;
    const std::string_view text = page.text(row, column, buffer);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::string pragma(const char* name, const QString& argument)
{
    return std::string("PRAGMA ") + name + "(" + quoted(sqlite, argument) + ")";
}

} // namespace

Result<ForeignCatalog> SqliteForeignDatabase::catalog()
{
    // Of table_list: schema, name, type, ncol, wr, strict.
    RowPage list;
    if (const auto read = select("PRAGMA table_list", {}, list); !read)
        return read.error();
    ForeignCatalog catalog;
    for (std::size_t row = 0; row < list.rows(); ++row) {
        const QString name = textAt(list, row, 1);
        if (textAt(list, row, 0) != u"main" || name.startsWith(QStringLiteral("sqlite_")))
            continue;
        if (textAt(list, row, 2) != u"table") {
            catalog.refused.append(name);
            continue;
        }
        ForeignTable table;
        table.name = name;
        table.hasRowId = list.integer(row, 4) == 0;
        RowPage columns;
        // Of table_xinfo: cid, name, type, notnull, default, pk, hidden. What is computed is left.
        if (const auto read = select(pragma("table_xinfo", name), {}, columns); !read)
            return read.error();
        QList<std::pair<qint64, QString>> keys;
        for (std::size_t at = 0; at < columns.rows(); ++at) {
            if (columns.integer(at, 6) != 0)
                continue;
            table.columns.append({ textAt(columns, at, 1), textAt(columns, at, 2),
                columns.integer(at, 3) == 0 && columns.integer(at, 5) == 0 });
            if (columns.integer(at, 5) > 0)
                keys.append({ columns.integer(at, 5), textAt(columns, at, 1) });
            if (textAt(columns, at, 1).compare(u"rowid", Qt::CaseInsensitive) == 0)
                table.hasRowId = false;
        }
        std::sort(keys.begin(), keys.end());
        for (const auto& [number, key] : keys)
            table.primaryKey.append(key);
        if (const auto read = readIndexes(table); !read)
            return read.error();
        catalog.tables.append(std::move(table));
    }
    return catalog;
}

Result<void> SqliteForeignDatabase::readIndexes(ForeignTable& table)
{
    if (!table.primaryKey.isEmpty())
        table.indexes.append(table.primaryKey);
    if (table.hasRowId)
        table.indexes.append(QStringList { QStringLiteral("rowid") });
    // Of index_list: seq, name, unique, origin, partial.
    RowPage list;
    if (const auto read = select(pragma("index_list", table.name), {}, list); !read)
        return read;
    for (std::size_t row = 0; row < list.rows(); ++row) {
        if (list.integer(row, 4) != 0)
            continue;
        RowPage info;
        // Of index_info: seqno, cid, name, desc, coll, key.
        if (const auto read = select(pragma("index_xinfo", textAt(list, row, 1)), {}, info); !read)
            return read;
        QStringList columns;
        for (std::size_t at = 0; at < info.rows() && info.integer(at, 5) != 0; ++at)
            columns.append(textAt(info, at, 2));
        table.indexes.append(columns);
    }
    return {};
}

Result<qint64> SqliteForeignDatabase::aboutRows(const ForeignTable& table)
{
    if (!table.hasRowId)
        return 0;
    RowPage page;
    const std::string name = quoted(sqlite, table.name);
    // Two questions, each of which looks at one end of the table alone.
    const auto read = select(
        "SELECT (SELECT min(rowid) FROM " + name + "), (SELECT max(rowid) FROM " + name + ")", {},
        page);
    if (!read)
        return read.error();
    if (page.rows() == 0 || page.isNull(0, 0))
        return 0;
    // The ends may be as far apart as no qint64 can say.
    const quint64 apart = quint64(page.integer(0, 1)) - quint64(page.integer(0, 0));
    return qint64(std::min(apart, quint64(std::numeric_limits<qint64>::max() - 1))) + 1;
}

} // namespace eventloupe
