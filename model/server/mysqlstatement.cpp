#include "server/mysqlstatement.h"

#include <charconv>
#include <optional>

namespace eventloupe {

namespace {

std::string hexOf(const QByteArray& bytes)
{
    return bytes.toHex().toStdString();
}

std::string textOfParameter(const ForeignValue& value)
{
    if (const auto* number = std::get_if<qint64>(&value))
        return std::to_string(*number);
    if (const auto* real = std::get_if<double>(&value))
        return QByteArray::number(*real, 'e', 16).toStdString();
    if (const auto* text = std::get_if<QByteArray>(&value))
        return "_utf8mb4 x'" + hexOf(*text) + "'";
    if (const auto* blob = std::get_if<ForeignBlob>(&value))
        return "x'" + hexOf(blob->bytes) + "'";
    return "NULL";
}

/// Writes one statement.
class Writer {
public:
    Writer(std::string_view sql, std::span<const ForeignValue> parameters)
        : m_sql(sql)
        , m_parameters(parameters)
    {
    }

    std::string run()
    {
        while (m_at < m_sql.size()) {
            const char c = m_sql[m_at];
            if (c == '`' || c == '\'')
                copyQuoted(c);
            else if (c == '?')
                writeParameter();
            else
                m_text += m_sql[m_at++];
        }
        return std::move(m_text);
    }

private:
    void copyQuoted(char quote)
    {
        m_text += m_sql[m_at++];
        while (m_at < m_sql.size()) {
            const char c = m_sql[m_at++];
            m_text += c;
            if (c == '\\' && quote == '\'' && m_at < m_sql.size())
                m_text += m_sql[m_at++];
            else if (c == quote)
                return; // A doubled one begins the next piece.
        }
    }

    std::optional<ForeignValue> takeParameter()
    {
        if (m_at >= m_sql.size() || m_sql[m_at] != '?')
            return std::nullopt;
        std::size_t number = 0;
        const char* const begin = m_sql.data() + m_at + 1;
        const auto parsed = std::from_chars(begin, m_sql.data() + m_sql.size(), number);
        m_at += 1 + static_cast<std::size_t>(parsed.ptr - begin);
        const bool isThere = number >= 1 && number <= m_parameters.size();
        return isThere ? m_parameters[number - 1] : ForeignValue();
    }

    void writeParameter()
    {
        ForeignValue value = *takeParameter();
        while (m_sql.substr(m_at).starts_with("+?") && std::holds_alternative<qint64>(value)) {
            ++m_at;
            const ForeignValue more = *takeParameter();
            if (const auto* number = std::get_if<qint64>(&more))
                value = std::get<qint64>(value) + *number;
        }
        m_text += textOfParameter(value);
    }

    const std::string_view m_sql;
    const std::span<const ForeignValue> m_parameters;
    std::size_t m_at = 0;
    std::string m_text;
};

} // namespace

std::string boundStatement(std::string_view sql, std::span<const ForeignValue> parameters)
{
    return Writer(sql, parameters).run();
}

} // namespace eventloupe
