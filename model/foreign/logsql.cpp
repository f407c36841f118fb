#include "foreign/logsql.h"

#include "foreign/foreignsql.h"

#include <algorithm>

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

std::string LogSql::name(const ProfileColumn& column) const
{
    if (column.name == u"$table" && m_store.tables.size() == 1)
        return literal(m_engine, m_store.tables.first().name);
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

std::string LogSql::source(const std::vector<ProfileColumn>& columns) const
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
        tables.push_back(
            "SELECT " + joinedWith(parts, ", ") + " FROM " + tableName(m_engine, table));
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

std::string LogSql::conditions() const
{
    std::vector<std::string> parts;
    for (auto each = m_store.profile.where.cbegin(); each != m_store.profile.where.cend(); ++each)
        parts.push_back(
            name(ProfileColumn::fromText(each.key())) + " = " + std::to_string(each.value()));
    return joinedWith(parts, " AND ");
}

std::string LogSql::keyCompare(const char* comparison, int& parameter) const
{
    std::vector<std::string> keys;
    std::vector<std::string> values;
    for (const ProfileColumn& column : m_store.profile.order) {
        keys.push_back(name(column));
        values.push_back(placeholder(m_engine, ++parameter));
    }
    if (keys.size() == 1)
        return keys.front() + comparison + values.front();
    return joinedWith(keys, ", ").insert(0, 1, '(') + ")" + comparison + "("
        + joinedWith(values, ", ") + ")";
}

std::string LogSql::select(const LogColumns& columns, Bound bound, bool skips, bool hasLinks) const
{
    std::vector<std::string> selected;
    for (const ProfileColumn& column : columns.columns)
        selected.push_back(value(column));
    int parameter = 0;
    std::vector<std::string> where;
    if (bound == Bound::From || bound == Bound::After)
        where.push_back(keyCompare(bound == Bound::From ? " >= " : " > ", parameter));
    if (const std::string always = conditions(); !always.empty())
        where.push_back(always);
    std::vector<std::string> order;
    for (const ProfileColumn& column : m_store.profile.order)
        order.push_back(name(column) + (bound == Bound::Last ? " DESC" : ""));
    for (const ProfileJoin& join : m_store.profile.joins)
        if (hasLinks && !join.first.isEmpty() && m_store.joined.contains(join.as))
            order.push_back(quoted(m_engine, join.as) + "." + quoted(m_engine, join.first));
    std::string sql = "SELECT " + joinedWith(selected, ", ") + " FROM " + source(columns.columns)
        + joins(hasLinks);
    if (!where.empty())
        sql += " WHERE " + joinedWith(where, " AND ");
    sql += " ORDER BY " + joinedWith(order, ", ") + " LIMIT " + placeholder(m_engine, ++parameter);
    if (skips)
        sql += " OFFSET " + placeholder(m_engine, ++parameter);
    return sql;
}

std::string LogSql::count() const
{
    int parameter = 0;
    const std::vector<ProfileColumn> keys(
        m_store.profile.order.begin(), m_store.profile.order.end());
    std::string sql = "SELECT count(*) FROM " + source(keys) + joins(false) + " WHERE "
        + keyCompare(" <= ", parameter);
    if (const std::string always = conditions(); !always.empty())
        sql += " AND " + always;
    return sql;
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
