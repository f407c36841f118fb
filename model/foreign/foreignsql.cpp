#include "foreign/foreignsql.h"

namespace eventloupe {

namespace {

std::string enclosed(const QString& text, char quote, bool escapesBackslash)
{
    std::string result(1, quote);
    for (const char c : text.section(QChar(0), 0, 0).toStdString()) {
        if (c == quote || (escapesBackslash && c == '\\'))
            result += c;
        result += c;
    }
    return result + quote;
}

} // namespace

std::string quoted(ForeignEngine engine, const QString& identifier)
{
    return enclosed(identifier, engine == ForeignEngine::MySql ? '`' : '"', false);
}

std::string literal(ForeignEngine engine, const QString& text)
{
    return enclosed(text, '\'', engine == ForeignEngine::MySql);
}

std::string placeholder(ForeignEngine engine, int number)
{
    return std::to_string(number).insert(0, 1, engine == ForeignEngine::PostgreSql ? '$' : '?');
}

std::string tableName(ForeignEngine engine, const ForeignTable& table)
{
    const std::string name = quoted(engine, table.name);
    return table.schema.isEmpty() ? name : quoted(engine, table.schema) + "." + name;
}

} // namespace eventloupe
