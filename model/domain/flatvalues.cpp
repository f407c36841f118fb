#include "domain/flatvalues.h"

#include "domain/eventvalues.h"
#include "domain/flatrulesparts.h"
#include "value/category.h"
#include "value/json.h"

#include <algorithm>
#include <charconv>

namespace eventloupe {

namespace {

QByteArray borrowed(std::string_view text)
{
    return QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size()));
}

std::optional<Value> parsedValue(std::string_view text)
{
    const auto json = parseStoredJson(text);
    return json ? std::optional(Value::fromJson(*json)) : std::nullopt;
}

/// An integer that is the whole text; -0 is none, since no integer is that.
std::optional<qint64> integerOf(std::string_view text)
{
    const char* end = text.data() + text.size();
    qint64 integer = 0;
    const auto [behind, code] = std::from_chars(text.data(), end, integer);
    const bool isWhole = code == std::errc() && behind == end && text != "-0";
    return isWhole ? std::optional(integer) : std::nullopt;
}

/// A number as a double that holds it; nothing where none does, and for what is no number.
std::optional<double> doubleOf(std::string_view text)
{
    const char* end = text.data() + text.size();
    double number = 0;
    const auto [behind, code] = std::from_chars(text.data(), end, number);
    return code == std::errc() && behind == end ? std::optional(number) : std::nullopt;
}

bool hasOnlyDigits(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<Value> numberValue(std::string_view text)
{
    if (const auto integer = integerOf(text))
        return Value::fromInt(*integer);
    const bool isLarge = hasOnlyDigits(text.substr(text.front() == '-' ? 1 : 0)) && text != "-0";
    if (const auto number = doubleOf(text); number && !isLarge)
        return Value(Value::Content(JsonValue::fromDouble(*number, borrowed(text))));
    return parsedValue(text);
}

} // namespace

std::optional<Value> valueOfText(std::string_view text)
{
    switch (text.front()) {
    case '"':
        if (text.find('\\') != std::string_view::npos)
            return parsedValue(text);
        return Value::fromString(borrowed(text.substr(1, text.size() - 2)));
    case 't':
        return Value::fromBool(true);
    case 'f':
        return Value::fromBool(false);
    case 'n':
        return Value();
    case '[':
        return parsedValue(text);
    default:
        return numberValue(text);
    }
}

std::optional<Value> eventField(const EventView& event, const std::vector<QByteArray>& names)
{
    if (names.size() == 1) {
        if (names.front() == "time")
            return Value::fromTimestamp(event.time);
        if (names.front() == "version")
            return Value::fromInt(event.version);
        if (names.front() == "position")
            return Value::fromInt(event.position);
        if (names.front() == "type")
            return Value::fromString(borrowed(event.type));
        if (names.front() == "stream")
            return Value::fromString(borrowed(event.stream));
        if (names.front() == "category")
            return Value::fromString(borrowed(categoryOf(event.stream)));
    }
    const auto whole = eventValue(event);
    std::optional<Value> value;
    if (whole)
        value = *whole;
    for (const QByteArray& name : names) {
        if (value)
            value = value->find(viewOf(name));
    }
    return value;
}

int depthOf(std::string_view json)
{
    int depth = 0;
    int deepest = 0;
    bool isInString = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (c == '"')
            isInString = !isInString;
        else if (isInString)
            i += c == '\\' ? 1 : 0;
        else if (c == '[' || c == '{')
            deepest = std::max(deepest, ++depth);
        else if (c == ']' || c == '}')
            --depth;
    }
    return deepest;
}

/// Nothing for an integer beyond qint64: what it is to expressions is theirs to say.
std::optional<FlatRules::Number> FlatRules::Number::read(std::string_view text)
{
    if (text.front() != '-' && (text.front() < '0' || text.front() > '9'))
        return std::nullopt;
    if (const auto integer = integerOf(text))
        return Number { true, *integer, static_cast<double>(*integer) };
    if (text != "-0" && hasOnlyDigits(text.substr(text.front() == '-' ? 1 : 0)))
        return std::nullopt;
    const auto number = doubleOf(text);
    return number ? std::optional(Number { false, 0, *number }) : std::nullopt;
}

std::optional<FlatRules::Number> FlatRules::Number::of(const Value& value)
{
    if (value.type() == ValueType::Int)
        return Number { true, value.toInt(), static_cast<double>(value.toInt()) };
    if (value.type() == ValueType::Double)
        return Number { false, 0, value.toDouble() };
    return std::nullopt;
}

} // namespace eventloupe
