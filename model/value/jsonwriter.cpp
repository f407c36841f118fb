#include "value/event.h"
#include "value/json.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

namespace eventloupe {

namespace {

/// A container that is being written, and how far it is.
struct Frame {
    const JsonValue* container;
    std::size_t next = 0;
};

template <class Number> void appendNumber(QByteArray& out, Number number)
{
    std::array<char, 32> text {};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    out.append(text.data(), end - text.data());
}

void appendDouble(QByteArray& out, const JsonValue& value)
{
    if (const auto spelling = value.spelling(); !spelling.empty()) {
        out.append(spelling.data(), static_cast<qsizetype>(spelling.size()));
        return;
    }
    if (!std::isfinite(value.toDouble())) {
        out.append("null"); // What JSON has for it, as in ECMAScript.
        return;
    }
    std::array<char, shortestDouble> text {};
    out.append(text.data(), static_cast<qsizetype>(writeDouble(text.data(), value.toDouble())));
}

void appendScalar(QByteArray& out, const JsonValue& value)
{
    switch (value.type()) {
    case JsonValue::Type::Bool:
        out.append(value.toBool() ? "true" : "false");
        break;
    case JsonValue::Type::Int:
        appendNumber(out, value.toInt());
        break;
    case JsonValue::Type::UInt:
        appendNumber(out, value.toUInt());
        break;
    case JsonValue::Type::Double:
        appendDouble(out, value);
        break;
    case JsonValue::Type::String:
        appendJsonString(out, value.toView());
        break;
    default:
        out.append("null");
    }
}

/// Writes a tree with a stack of its own, so that its depth is no matter.
class JsonWriter {
public:
    explicit JsonWriter(bool indented)
        : m_indented(indented)
    {
    }

    QByteArray write(const JsonValue& root)
    {
        begin(root);
        while (!m_frames.empty()) {
            step();
        }
        return std::move(m_out);
    }

private:
    void begin(const JsonValue& value)
    {
        if (!value.isArray() && !value.isObject()) {
            appendScalar(m_out, value);
        } else if (value.size() == 0) {
            m_out.append(value.isArray() ? "[]" : "{}");
        } else {
            m_out.append(value.isArray() ? '[' : '{');
            m_frames.push_back({ &value });
        }
    }

    void step()
    {
        const JsonValue& container = *m_frames.back().container;
        const std::size_t at = m_frames.back().next++;
        if (at == static_cast<std::size_t>(container.size())) {
            m_frames.pop_back();
            newLine();
            m_out.append(container.isArray() ? ']' : '}');
            return;
        }
        if (at > 0) {
            m_out.append(',');
        }
        newLine();
        if (container.isArray()) {
            begin(container.elements()[at]);
            return;
        }
        const auto& member = container.members()[at];
        appendJsonString(m_out, viewOf(member.key));
        m_out.append(m_indented ? ": " : ":");
        begin(member.value);
    }

    void newLine()
    {
        if (m_indented) {
            m_out.append('\n');
            m_out.append(static_cast<qsizetype>(m_frames.size()) * 2, ' ');
        }
    }

    bool m_indented;
    QByteArray m_out;
    std::vector<Frame> m_frames;
};

void appendEscaped(QByteArray& out, char c)
{
    constexpr std::string_view named = "\b\t\n\f\r\"\\";
    constexpr std::string_view letters = "btnfr\"\\";
    out.append('\\');
    if (const auto at = named.find(c); at != std::string_view::npos) {
        out.append(letters[at]);
        return;
    }
    constexpr std::string_view digits = "0123456789abcdef";
    out.append("u00");
    out.append(digits[static_cast<unsigned char>(c) >> 4]);
    out.append(digits[static_cast<unsigned char>(c) & 15]);
}

} // namespace

std::size_t writeDouble(char* out, double value)
{
    char* end = std::to_chars(out, out + shortestDouble - 2, value).ptr;
    // Read back it must be a double again: 7.0 / 2 is not 7 / 2.
    if (std::string_view(out, static_cast<std::size_t>(end - out)).find_first_of(".e")
        == std::string_view::npos) {
        *end++ = '.';
        *end++ = '0';
    }
    return static_cast<std::size_t>(end - out);
}

std::size_t plainJsonLength(std::string_view utf8)
{
    constexpr std::size_t word = sizeof(quint64);
    constexpr quint64 ones = 0x0101010101010101;
    constexpr quint64 highs = 0x8080808080808080;
    std::size_t i = 0;
    for (; i + word <= utf8.size(); i += word) {
        quint64 bytes = 0;
        std::memcpy(&bytes, utf8.data() + i, word);
        const quint64 quotes = bytes ^ (ones * '"');
        const quint64 slashes = bytes ^ (ones * '\\');
        // A byte's high bit is set where the byte is below 0x20, or zero in the other two; a carry
        // may set one above it as well, never below.
        const quint64 special = ((bytes - ones * 0x20) & ~bytes) | ((quotes - ones) & ~quotes)
            | ((slashes - ones) & ~slashes);
        if (special & highs)
            break;
    }
    while (i < utf8.size() && static_cast<unsigned char>(utf8[i]) >= 0x20 && utf8[i] != '"'
        && utf8[i] != '\\')
        ++i;
    return i;
}

void appendJsonString(QByteArray& out, std::string_view utf8)
{
    out.append('"');
    for (;;) {
        const std::size_t plain = plainJsonLength(utf8);
        out.append(utf8.data(), static_cast<qsizetype>(plain));
        if (plain == utf8.size())
            break;
        appendEscaped(out, utf8[plain]);
        utf8.remove_prefix(plain + 1);
    }
    out.append('"');
}

QByteArray JsonValue::toJson() const
{
    return JsonWriter(false).write(*this);
}

QByteArray JsonValue::toIndentedJson() const
{
    return JsonWriter(true).write(*this);
}

} // namespace eventloupe
