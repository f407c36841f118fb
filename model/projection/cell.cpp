#include "projection/cell.h"

#include "value/event.h"
#include "value/json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace eventloupe {

namespace {

constexpr qint64 largestInteger = (qint64(1) << 47) - 1;
constexpr quint8 lastRank = 255;

char folded(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// Orders doubles as unsigned numbers.
quint64 orderOfDouble(double number)
{
    const auto bits = std::bit_cast<quint64>(number == 0 ? 0.0 : number);
    return (bits >> 63U) != 0 ? ~bits : bits | quint64(1) << 63U;
}

quint64 orderOfText(std::string_view text, std::string_view prefix)
{
    for (std::size_t i = 0; i < prefix.size(); ++i) {
        const int own = i < text.size() ? static_cast<quint8>(folded(text[i])) : -1;
        if (const int other = static_cast<quint8>(prefix[i]); own != other)
            return own < other ? 0 : ~quint64(0);
    }
    text.remove_prefix(prefix.size());
    quint64 key = 0;
    for (std::size_t i = 0; i < sizeof key; ++i)
        key = key << 8U | (i < text.size() ? static_cast<quint8>(folded(text[i])) : 0U);
    return key;
}

} // namespace

std::optional<Cell> Cell::ofInteger(qint64 value)
{
    if (value > largestInteger || value < -largestInteger)
        return std::nullopt;
    return Cell(tagged(Tag::Integer, static_cast<quint64>(value)));
}

std::optional<Cell> Cell::ofUnsigned(quint64 value)
{
    return value > static_cast<quint64>(largestInteger) ? std::nullopt
                                                        : ofInteger(static_cast<qint64>(value));
}

std::optional<Cell> Cell::ofShortText(std::string_view utf8)
{
    if (utf8.size() >= shortestFar || utf8.find('\0') != std::string_view::npos)
        return std::nullopt;
    quint64 payload = 0;
    for (std::size_t i = 0; i < utf8.size(); ++i)
        payload |= static_cast<quint64>(static_cast<quint8>(utf8[i])) << (8 * i);
    return Cell(tagged(Tag::ShortText, payload));
}

Cell::Kind Cell::kind() const
{
    if (isDouble())
        return Kind::Number;
    switch (tag()) {
    case Tag::Nothing:
        return payload() == 0 ? Kind::Missing : Kind::Null;
    case Tag::Bool:
        return Kind::Bool;
    case Tag::Integer:
    case Tag::FarNumber:
        return Kind::Number;
    case Tag::ShortText:
    case Tag::FarText:
        return Kind::Text;
    case Tag::FarJson:
        break;
    }
    return Kind::Json;
}

qint64 Cell::integer() const
{
    return static_cast<qint64>(payload() << 16U) >> 16;
}

/// A number's double stands before the size; see CellTexts.
std::string_view Cell::farBytes() const
{
    const auto* at = reinterpret_cast<const char*>(payload());
    quint32 size = 0;
    std::memcpy(&size, at, sizeof size);
    return { at + sizeof size, size };
}

double Cell::toDouble() const
{
    if (isDouble())
        return std::bit_cast<double>(m_bits);
    if (tag() == Tag::Integer)
        return static_cast<double>(integer());
    if (tag() != Tag::FarNumber)
        return 0;
    double number = 0;
    std::memcpy(&number, reinterpret_cast<const char*>(payload()) - sizeof number, sizeof number);
    return number;
}

std::string_view Cell::toText(std::string& buffer) const
{
    if (kind() != Kind::Text)
        return {};
    if (tag() == Tag::FarText)
        return farBytes();
    buffer.clear();
    for (quint64 rest = payload(); rest != 0; rest >>= 8U)
        buffer += static_cast<char>(rest & 0xffU);
    return buffer;
}

void Cell::appendJson(std::string& out) const
{
    std::array<char, shortestDouble> digits {};
    if (isDouble()) {
        out.append(digits.data(), writeDouble(digits.data(), toDouble()));
        return;
    }
    switch (tag()) {
    case Tag::Nothing:
        out += "null";
        return;
    case Tag::Bool:
        out += payload() != 0 ? "true" : "false";
        return;
    case Tag::Integer:
        out.append(digits.data(),
            std::to_chars(digits.data(), digits.data() + digits.size(), integer()).ptr);
        return;
    case Tag::ShortText:
    case Tag::FarText: {
        std::string buffer;
        QByteArray json;
        appendJsonString(json, toText(buffer));
        out.append(viewOf(json));
        return;
    }
    case Tag::FarNumber:
    case Tag::FarJson:
        out.append(farBytes());
        return;
    }
}

void Cell::appendPlain(std::string& out) const
{
    switch (kind()) {
    case Kind::Missing:
    case Kind::Null:
        return;
    case Kind::Text: {
        std::string buffer;
        out.append(toText(buffer));
        return;
    }
    default:
        appendJson(out);
    }
}

Value Cell::toValue() const
{
    if (isDouble())
        return Value::fromDouble(toDouble());
    switch (tag()) {
    case Tag::Nothing:
        break;
    case Tag::Bool:
        return Value::fromBool(payload() != 0);
    case Tag::Integer:
        return Value::fromInt(integer());
    case Tag::ShortText: {
        std::string buffer;
        return Value::fromString(toBytes(toText(buffer)));
    }
    case Tag::FarText: {
        const std::string_view text = farBytes();
        return Value::fromString(
            QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size())));
    }
    case Tag::FarNumber:
    case Tag::FarJson: {
        const auto json = parseStoredJson(farBytes());
        return json ? Value::fromJson(*json) : Value();
    }
    }
    return {};
}

CellOrder orderOf(Cell cell, std::string_view prefix)
{
    std::string buffer;
    switch (cell.kind()) {
    case Cell::Kind::Number:
        return { 0, orderOfDouble(cell.toDouble()) };
    case Cell::Kind::Text:
        return { 1, orderOfText(cell.toText(buffer), prefix) };
    case Cell::Kind::Bool:
        return { 2, cell.toBool() ? 1U : 0U };
    case Cell::Kind::Json:
        return { 3, 0 };
    default:
        return { lastRank, 0 };
    }
}

std::string foldedText(std::string_view utf8)
{
    std::string text(utf8);
    std::transform(text.begin(), text.end(), text.begin(), folded);
    return text;
}

int compareAlike(Cell left, Cell right)
{
    if (left == right)
        return 0;
    std::string ours;
    std::string theirs;
    if (left.kind() != Cell::Kind::Text) {
        left.appendJson(ours);
        right.appendJson(theirs);
        return left.kind() == Cell::Kind::Json ? ours.compare(theirs) : 0;
    }
    const std::string_view a = left.toText(ours);
    const std::string_view b = right.toText(theirs);
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        const int step = static_cast<quint8>(folded(a[i])) - static_cast<quint8>(folded(b[i]));
        if (step != 0)
            return step;
    }
    return a.size() != b.size() ? (a.size() < b.size() ? -1 : 1) : a.compare(b);
}

} // namespace eventloupe
