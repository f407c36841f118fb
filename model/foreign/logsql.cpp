#include "foreign/logsql.h"

#include "foreign/foreignsql.h"

#include <algorithm>
#include <utility>

namespace eventloupe {

namespace {

/// The log's own tables, in the texts.
const QString logName = QStringLiteral("log");

std::string joinedWith(const std::vector<std::string>& parts, const char* between)
{
    std::string text;
    for (const std::string& part : parts)
        text += (text.empty() ? "" : between) + part;
    return text;
}

} // namespace

int LogColumns::indexOf(const ProfileColumn& column) const
{
    const auto found = std::ranges::find(columns, column);
    return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

LogColumns LogSql::columns(const std::vector<ProfileColumn>& wanted) const
{
    LogColumns result;
    for (const ProfileColumn& column : m_store.profile.order)
        result.columns.push_back(column);
    for (const ProfileColumn& column : wanted)
        if (column.isGiven() && result.indexOf(column) < 0 && m_store.hasColumn(column))
            result.columns.push_back(column);
    return result;
}

bool LogSql::hasLinks() const
{
    return std::ranges::any_of(m_store.profile.joins, [this](const ProfileJoin& join) {
        return !join.first.isEmpty() && m_store.joined.contains(join.as);
    });
}

std::string LogSql::name(const ProfileColumn& column, const ForeignTable* asked) const
{
    if (column.name == u"$table" && (asked != nullptr || m_store.tables.size() == 1))
        return literal(m_engine, asked != nullptr ? asked->name : m_store.tables.first().name);
    const std::string table = quoted(m_engine, column.table.isEmpty() ? logName : column.table);
    // A rowid has no name that could be quoted.
    if (m_engine == ForeignEngine::Sqlite && column.name == u"rowid"
        && m_store.tables.first().column(column.name) == nullptr)
        return table + ".rowid";
    return table + "." + quoted(m_engine, column.name);
}

/// What is read of a column: of a large object what is in it, where it still exists.
std::string LogSql::value(const ProfileColumn& column) const
{
    const std::string number = name(column);
    if (m_engine != ForeignEngine::PostgreSql || m_store.typeOf(column) != u"oid")
        return number;
    return "CASE WHEN EXISTS (SELECT 1 FROM pg_largeobject_metadata WHERE oid = " + number
        + ") THEN lo_get(" + number + ") END";
}

/// MySQL and MariaDB copy all that the tables of a UNION hold before they look at what is asked of
/// it, so that each is asked for its own part; the others look into the tables by themselves.
bool LogSql::asksEach() const
{
    return m_engine == ForeignEngine::MySql && m_store.tables.size() > 1
        && m_store.profile.joins.isEmpty();
}

std::string LogSql::source(const std::vector<ProfileColumn>& columns, const Rest& rest) const
{
    const std::string as = " AS " + quoted(m_engine, logName);
    if (m_store.tables.size() == 1)
        return tableName(m_engine, m_store.tables.first()) + as;
    // What the joins and conditions ask for as well.
    std::vector<ProfileColumn> needed = columns;
    for (const ProfileJoin& join : m_store.profile.joins)
        for (const ProfileColumn& column : join.on)
            needed.push_back(column);
    for (auto each = m_store.profile.where.cbegin(); each != m_store.profile.where.cend(); ++each)
        needed.push_back({ {}, each.key() });
    std::vector<std::string> tables;
    for (const ForeignTable& table : m_store.tables) {
        std::vector<std::string> parts;
        for (const ProfileColumn& column : needed) {
            if (!column.table.isEmpty())
                continue;
            const std::string part = column.name == u"$table"
                ? literal(m_engine, table.name) + " AS " + quoted(m_engine, column.name)
                : quoted(m_engine, column.name);
            if (std::ranges::find(parts, part) == parts.end())
                parts.push_back(part);
        }
        std::string from
            = "SELECT " + joinedWith(parts, ", ") + " FROM " + tableName(m_engine, table);
        if (rest)
            from.insert(0, 1, '(').append(as).append(rest(table)).append(1, ')');
        tables.push_back(std::move(from));
    }
    return joinedWith(tables, " UNION ALL ").insert(0, 1, '(') + ")" + as;
}

std::string LogSql::joins(bool hasLinks) const
{
    std::string text;
    for (const ProfileJoin& join : m_store.profile.joins) {
        const auto table = m_store.joined.constFind(join.as);
        if (table == m_store.joined.cend())
            continue;
        const auto own = [this](const QString& column, const QString& as) {
            return quoted(m_engine, as) + "." + quoted(m_engine, column);
        };
        std::vector<std::string> on;
        for (auto each = join.on.cbegin(); each != join.on.cend(); ++each)
            on.push_back(own(each.key(), join.as) + " = " + name(each.value()));
        for (auto each = join.where.cbegin(); each != join.where.cend(); ++each)
            on.push_back(own(each.key(), join.as) + " = " + std::to_string(each.value()));
        if (!join.first.isEmpty() && !hasLinks) {
            const QString other = QStringLiteral("first of ") + join.as;
            std::vector<std::string> same;
            for (auto each = join.on.cbegin(); each != join.on.cend(); ++each)
                same.push_back(own(each.key(), other) + " = " + name(each.value()));
            on.push_back(own(join.first, join.as) + " = (SELECT min(" + own(join.first, other)
                + ") FROM " + tableName(m_engine, *table) + " AS " + quoted(m_engine, other)
                + " WHERE " + joinedWith(same, " AND ") + ")");
        }
        text += std::string(join.isRequired ? " JOIN " : " LEFT JOIN ")
            + tableName(m_engine, *table) + " AS " + quoted(m_engine, join.as) + " ON "
            + joinedWith(on, " AND ");
    }
    return text;
}

std::string LogSql::conditions(const ForeignTable* table) const
{
    std::vector<std::string> parts;
    for (auto each = m_store.profile.where.cbegin(); each != m_store.profile.where.cend(); ++each)
        parts.push_back(name(ProfileColumn::fromText(each.key()), table) + " = "
            + std::to_string(each.value()));
    return joinedWith(parts, " AND ");
}

/// The key, whose parameters are the first, against a row's.
std::string LogSql::keyCompare(const std::string& comparison, const ForeignTable* table) const
{
    std::vector<std::string> keys;
    std::vector<std::string> values;
    for (const ProfileColumn& column : m_store.profile.order) {
        keys.push_back(name(column, table));
        values.push_back(placeholder(m_engine, static_cast<int>(values.size()) + 1));
    }
    if (keys.size() == 1)
        return keys.front() + comparison + values.front();
    if (m_engine != ForeignEngine::MySql)
        return joinedWith(keys, ", ").insert(0, 1, '(') + ")" + comparison + "("
            + joinedWith(values, ", ") + ")";
    // By an index, MySQL and MariaDB find only what is spelt out.
    const std::string strict = comparison.substr(0, 2);
    std::string text = keys.back() + comparison + values.back();
    for (std::size_t i = keys.size() - 1; i-- > 0;) {
        const std::string greater = keys[i] + strict + " " + values[i];
        const std::string equal = keys[i] + " = " + values[i];
        text.insert(0, " OR (" + equal + " AND ").insert(0, greater).insert(0, 1, '(').append("))");
    }
    return "(" + keys.front() + strict + "= " + values.front() + " AND " + text + ")";
}

std::string LogSql::where(Bound bound, const ForeignTable* table) const
{
    std::vector<std::string> parts;
    if (bound == Bound::From || bound == Bound::After)
        parts.push_back(keyCompare(bound == Bound::From ? " >= " : " > ", table));
    if (const std::string always = conditions(table); !always.empty())
        parts.push_back(always);
    return parts.empty() ? std::string() : " WHERE " + joinedWith(parts, " AND ");
}

std::string LogSql::order(Bound bound, bool hasLinks, const ForeignTable* table) const
{
    std::vector<std::string> columns;
    for (const ProfileColumn& column : m_store.profile.order)
        columns.push_back(name(column, table) + (bound == Bound::Last ? " DESC" : ""));
    for (const ProfileJoin& join : m_store.profile.joins)
        if (hasLinks && !join.first.isEmpty() && m_store.joined.contains(join.as))
            columns.push_back(quoted(m_engine, join.as) + "." + quoted(m_engine, join.first));
    return " ORDER BY " + joinedWith(columns, ", ");
}

std::string LogSql::select(const LogColumns& columns, Bound bound, bool skips, bool hasLinks) const
{
    std::vector<std::string> selected;
    for (const ProfileColumn& column : columns.columns)
        selected.push_back(value(column));
    const bool hasKey = bound == Bound::From || bound == Bound::After;
    const int keys = hasKey ? static_cast<int>(m_store.profile.order.size()) : 0;
    const std::string rows = placeholder(m_engine, keys + 1);
    const std::string skipped = placeholder(m_engine, keys + 2);
    Rest rest;
    if (asksEach())
        rest = [&](const ForeignTable& table) {
            return where(bound, &table) + order(bound, false, &table) + " LIMIT " + rows
                + (skips ? "+" + skipped : "");
        };
    std::string sql = "SELECT " + joinedWith(selected, ", ") + " FROM "
        + source(columns.columns, rest) + joins(hasLinks) + (rest ? std::string() : where(bound))
        + order(bound, hasLinks) + " LIMIT " + rows;
    if (skips)
        sql += " OFFSET " + skipped;
    return sql;
}

std::string LogSql::count() const
{
    const std::vector<ProfileColumn> keys(
        m_store.profile.order.begin(), m_store.profile.order.end());
    const auto condition = [this](const ForeignTable* table) {
        const std::string always = conditions(table);
        return " WHERE " + keyCompare(" <= ", table) + (always.empty() ? "" : " AND " + always);
    };
    Rest rest;
    if (asksEach())
        rest = [&](const ForeignTable& table) { return condition(&table); };
    return "SELECT count(*) FROM " + source(keys, rest) + joins(false)
        + (rest ? std::string() : condition(nullptr));
}

std::string LogSql::keysWhere(const ProfileColumn& column) const
{
    const LogColumns selected = columns({ column });
    std::vector<std::string> keys;
    for (const ProfileColumn& key : m_store.profile.order)
        keys.push_back(name(key));
    std::string sql = "SELECT " + joinedWith(keys, ", ") + " FROM " + source(selected.columns)
        + joins(false) + " WHERE " + name(column) + " = " + placeholder(m_engine, 1);
    if (const std::string always = conditions(); !always.empty())
        sql += " AND " + always;
    return sql + " LIMIT 100";
}

} // namespace eventloupe
