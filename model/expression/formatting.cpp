#include "expression/formatting.h"

#include "expression/duration.h"
#include "expression/functions.h"
#include "value/event.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace eventloupe {

namespace {

constexpr int mostDepth = 500; // Of calls; what came as JSON may be deeper.
constexpr int mostPrecision = 100;

std::string_view clauseName(char letter)
{
    constexpr std::array<std::string_view, 8> names { "%s", "%d", "%f", "%e", "%b", "%o", "%x",
        "%X" };
    const auto found = std::find_if(
        names.begin(), names.end(), [&](std::string_view name) { return name[1] == letter; });
    return found == names.end() ? std::string_view() : *found;
}

/// Writes the values of one call; false when the call failed.
class Formatter {
public:
    explicit Formatter(FunctionCall& call)
        : m_call(call)
        , m_pattern(call.at(0).toView())
    {
    }

    bool run()
    {
        while (m_at < m_pattern.size()) {
            const auto percent = std::min(m_pattern.find('%', m_at), m_pattern.size());
            if (!add(m_pattern.substr(m_at, percent - m_at))) {
                return false;
            }
            m_at = percent;
            if (m_at < m_pattern.size() && !clause()) {
                return false;
            }
        }
        return m_call.give(Value::fromString(std::move(m_text)));
    }

private:
    bool add(std::string_view text)
    {
        if (!m_call.spend(static_cast<qint64>(text.size()) + 8)) {
            return false;
        }
        m_text.append(text.data(), static_cast<qsizetype>(text.size()));
        return true;
    }

    bool refuse(const Value& value)
    {
        m_call.fail(FaultCode::NoOverload, value);
        m_call.fault.what = clauseName(m_letter);
        m_call.fault.second = Value::fromType(ValueType::Type);
        return false;
    }

    /// At a percent sign.
    bool clause()
    {
        const std::size_t start = m_at++;
        int precision = -1;
        if (m_at < m_pattern.size() && m_pattern[m_at] == '.') {
            const char* digits = m_pattern.data() + m_at + 1;
            const auto [end, code]
                = std::from_chars(digits, m_pattern.data() + m_pattern.size(), precision);
            m_at = static_cast<std::size_t>(end - m_pattern.data());
            if (code != std::errc() || precision < 0 || precision > mostPrecision) {
                return failClause(start);
            }
        }
        if (m_at == m_pattern.size()) {
            return failClause(start);
        }
        m_letter = m_pattern[m_at++];
        if (m_letter == '%' && precision < 0) {
            return add("%");
        }
        const bool rounds = m_letter == 'f' || m_letter == 'e';
        if (clauseName(m_letter).empty() || (precision >= 0 && !rounds)) {
            return failClause(start);
        }
        const Value& values = m_call.at(1);
        if (m_used == values.size()) {
            m_call.fail(FaultCode::NoSuchIndex, Value::fromInt(m_used));
            m_call.fault.second = Value::fromInt(values.size());
            return false;
        }
        return write(values.at(m_used++), precision);
    }

    bool failClause(std::size_t start)
    {
        return m_call.fail(
            FaultCode::BadText, Value::fromString(toBytes(m_pattern.substr(start, m_at - start))));
    }

    bool write(const Value& value, int precision)
    {
        switch (m_letter) {
        case 's':
            return writeAny(value, 0);
        case 'd':
            return writeDecimal(value);
        case 'f':
        case 'e':
            return writeRounded(value, precision < 0 ? 6 : precision);
        case 'b':
            return value.type() == ValueType::Bool ? add(value.toBool() ? "1" : "0")
                                                   : writeInteger(value, 2);
        case 'o':
            return writeInteger(value, 8);
        default:
            return writeHex(value);
        }
    }

    template <class... Arguments> bool addNumber(Arguments... arguments)
    {
        std::array<char, 512> text {};
        const auto end = std::to_chars(text.data(), text.data() + text.size(), arguments...).ptr;
        return add(std::string_view(text.data(), static_cast<std::size_t>(end - text.data())));
    }

    bool writeInteger(const Value& value, int base)
    {
        switch (value.type()) {
        case ValueType::Int:
            return addNumber(value.toInt(), base);
        case ValueType::UInt:
            return addNumber(value.toUInt(), base);
        default:
            return refuse(value);
        }
    }

    /// Whether it was written.
    bool writeNotFinite(double number)
    {
        return add(std::isnan(number) ? "NaN" : number < 0 ? "-Infinity" : "Infinity");
    }

    /// A double as well, since JSON has one number type: 30.0 as 30.
    bool writeDecimal(const Value& value)
    {
        if (value.type() != ValueType::Double) {
            return writeInteger(value, 10);
        }
        const double number = value.toDouble();
        return std::isfinite(number) ? addNumber(number, std::chars_format::fixed)
                                     : writeNotFinite(number);
    }

    bool writeRounded(const Value& value, int precision)
    {
        double number = value.toDouble();
        switch (value.type()) {
        case ValueType::Int:
            number = static_cast<double>(value.toInt());
            break;
        case ValueType::UInt:
            number = static_cast<double>(value.toUInt());
            break;
        case ValueType::Double:
            break;
        default:
            return refuse(value);
        }
        const auto form
            = m_letter == 'f' ? std::chars_format::fixed : std::chars_format::scientific;
        return std::isfinite(number) ? addNumber(number, form, precision) : writeNotFinite(number);
    }

    bool writeHex(const Value& value)
    {
        const auto start = m_text.size();
        const bool isText = value.type() == ValueType::String || value.type() == ValueType::Bytes;
        if (isText ? !add(viewOf(value.toUtf8().toHex())) : !writeInteger(value, 16)) {
            return false;
        }
        if (m_letter == 'X') {
            m_text = m_text.left(start) + m_text.mid(start).toUpper();
        }
        return true;
    }

    bool writeAny(const Value& value, int depth)
    {
        if (depth > mostDepth) {
            return m_call.fail(FaultCode::TooDeep);
        }
        switch (value.type()) {
        case ValueType::List:
            return writeList(value, depth + 1);
        case ValueType::Map:
            return writeMap(value, depth + 1);
        default:
            return writeScalar(value);
        }
    }

    bool writeScalar(const Value& value)
    {
        switch (value.type()) {
        case ValueType::Null:
            return add("null");
        case ValueType::Bool:
            return add(value.toBool() ? "true" : "false");
        case ValueType::Int:
        case ValueType::UInt:
            return writeInteger(value, 10);
        case ValueType::Double:
            if (const JsonValue* json = value.json(); json != nullptr && !json->spelling().empty())
                return add(json->spelling());
            return std::isfinite(value.toDouble()) ? addNumber(value.toDouble())
                                                   : writeNotFinite(value.toDouble());
        case ValueType::String:
        case ValueType::Bytes:
            return add(value.toView());
        case ValueType::Timestamp:
            return add(viewOf(instantText(std::get<Instant>(value.content()))));
        case ValueType::Duration:
            return add(viewOf(durationText(std::get<Duration>(value.content()))));
        case ValueType::Type:
            return add(nameOf(std::get<ValueType>(value.content())));
        default:
            return refuse(value);
        }
    }

    bool writeList(const Value& list, int depth)
    {
        bool written = add("[");
        for (qsizetype i = 0; written && i < list.size(); ++i) {
            written = (i == 0 || add(", ")) && writeAny(list.at(i), depth);
        }
        return written && add("]");
    }

    /// By their keys as they are written.
    bool writeMap(const Value& map, int depth)
    {
        std::vector<std::pair<QByteArray, qsizetype>> keys;
        const auto start = m_text.size();
        for (qsizetype i = 0; i < map.size(); ++i) {
            if (!writeScalar(map.entryAt(i).first)) {
                return false;
            }
            keys.emplace_back(m_text.mid(start), i);
            m_text.truncate(start);
        }
        std::sort(keys.begin(), keys.end());
        bool written = add("{");
        for (std::size_t i = 0; written && i < keys.size(); ++i) {
            written = (i == 0 || add(", ")) && add(viewOf(keys[i].first)) && add(": ")
                && writeAny(map.entryAt(keys[i].second).second, depth);
        }
        return written && add("}");
    }

    FunctionCall& m_call;
    std::string_view m_pattern;
    std::size_t m_at = 0;
    qsizetype m_used = 0; ///< Of the values.
    char m_letter = 's';
    QByteArray m_text;
};

} // namespace

bool formatText(FunctionCall& call)
{
    if (call.at(0).type() != ValueType::String || call.at(1).type() != ValueType::List) {
        return call.refuse();
    }
    return Formatter(call).run();
}

} // namespace eventloupe
