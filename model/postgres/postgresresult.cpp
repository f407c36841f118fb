#include "postgres/postgresresult.h"

#include "value/event.h"

#include <charconv>

#include <libpq-fe.h>

namespace eventloupe {

PostgresResult::PostgresResult(pg_result* result)
    : m_result(result, PQclear)
{
}

int PostgresResult::rows() const
{
    return m_result ? PQntuples(m_result.get()) : 0;
}

int PostgresResult::columns() const
{
    return m_result ? PQnfields(m_result.get()) : 0;
}

qint64 PostgresResult::changed() const
{
    return m_result ? QByteArray(PQcmdTuples(m_result.get())).toLongLong() : 0;
}

std::string PostgresResult::columnName(int column) const
{
    const char* name = m_result ? PQfname(m_result.get(), column) : nullptr;
    return name ? name : "";
}

quint32 PostgresResult::columnType(int column) const
{
    return m_result ? PQftype(m_result.get(), column) : 0;
}

bool PostgresResult::isNull(int row, int column) const
{
    return !m_result || PQgetisnull(m_result.get(), row, column) != 0;
}

std::string_view PostgresResult::text(int row, int column) const
{
    if (!m_result)
        return {};
    return { PQgetvalue(m_result.get(), row, column),
        static_cast<std::size_t>(PQgetlength(m_result.get(), row, column)) };
}

QString PostgresResult::string(int row, int column) const
{
    const std::string_view utf8 = text(row, column);
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

qint64 PostgresResult::integer(int row, int column) const
{
    const std::string_view digits = text(row, column);
    qint64 number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

bool PostgresResult::boolean(int row, int column) const
{
    return text(row, column) == "t";
}

QByteArray PostgresResult::bytes(int row, int column) const
{
    std::string_view hex = text(row, column);
    if (hex.substr(0, 2) == "\\x")
        hex.remove_prefix(2);
    return QByteArray::fromHex(
        QByteArray::fromRawData(hex.data(), static_cast<qsizetype>(hex.size())));
}

qint64 PostgresResult::number(qint64 otherwise, int column) const
{
    return rows() == 0 || isNull(0, column) ? otherwise : integer(0, column);
}

bool PostgresResult::isPipelineSync() const
{
    return m_result && PQresultStatus(m_result.get()) == PGRES_PIPELINE_SYNC;
}

PostgresParameters& PostgresParameters::add(qint64 number)
{
    m_values.push_back({ std::to_string(number), false });
    return *this;
}

PostgresParameters& PostgresParameters::addText(std::string_view utf8)
{
    m_values.push_back({ std::string(utf8), false });
    return *this;
}

PostgresParameters& PostgresParameters::addBytes(std::string_view bytes)
{
    Value value;
    appendHex(value.text, bytes);
    m_values.push_back(std::move(value));
    return *this;
}

PostgresParameters& PostgresParameters::addNull()
{
    m_values.push_back({ {}, true });
    return *this;
}

PostgresParameters& PostgresParameters::addNumbers(const std::vector<qint64>& numbers)
{
    std::string list = "{";
    for (const qint64 number : numbers) {
        if (list.size() > 1)
            list += ',';
        list += std::to_string(number);
    }
    m_values.push_back({ list + '}', false });
    return *this;
}

PostgresParameters& PostgresParameters::addTexts(const std::vector<std::string_view>& texts)
{
    std::string list = "{";
    for (const std::string_view text : texts) {
        list += list.size() > 1 ? ",\"" : "\"";
        for (const char c : text) {
            if (c == '"' || c == '\\')
                list += '\\';
            list += c;
        }
        list += '"';
    }
    m_values.push_back({ list + '}', false });
    return *this;
}

std::vector<const char*> PostgresParameters::pointers() const
{
    std::vector<const char*> pointers;
    pointers.reserve(m_values.size());
    for (const Value& value : m_values)
        pointers.push_back(value.isNull ? nullptr : value.text.c_str());
    return pointers;
}

QByteArray quotedIdentifier(const QString& name)
{
    return '"' + name.toUtf8().replace('"', "\"\"") + '"';
}

QByteArray quotedText(const QString& text)
{
    return '\'' + text.toUtf8().replace('\'', "''") + '\'';
}

void appendHex(std::string& out, std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    out += "\\x";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
}

} // namespace eventloupe
