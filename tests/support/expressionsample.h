#pragma once

#include "expression/expression.h"
#include "value/event.h"
#include "value/json.h"

#include <array>

// A state and an event's data, and what expressions make of them.

namespace eventloupe {

inline constexpr std::array<std::string_view, 3> names { "state", "data", "version" };

inline JsonValue parsed(const QByteArray& text)
{
    const auto value = parseJson(viewOf(text));
    return value ? *value : JsonValue::fromString(value.error().message);
}

inline const QByteArray stateText(
    R"({"balance":70.25,"items":{"a":1},"tags":["x","y"],"big":18446744073709551615,
            "exact":9007199254740993,"price":100.10,"none":null,"name":"Ada"})");

inline const JsonValue& state()
{
    static const JsonValue value = parsed(stateText);
    return value;
}

inline const QByteArray dataText(
    R"({"amount":30,"currency":"EUR","lines":[{"sku":"A","qty":2},{"sku":"B","qty":1}]})");

inline const JsonValue& data()
{
    static const JsonValue value = parsed(dataText);
    return value;
}

inline std::array<Value, 3> variables()
{
    return { Value::fromJson(state()), Value::fromJson(data()), Value::fromInt(7) };
}

/// The result as JSON text, or what went wrong.
inline QString evaluated(const QByteArray& source)
{
    const auto expression = Expression::compile(viewOf(source), names);
    if (!expression) {
        return expression.error().message;
    }
    const auto value = expression->evaluate(variables());
    if (!value) {
        return value.error().message;
    }
    const auto json = value->toJson();
    return json ? QString::fromUtf8(json->toJson()) : json.error().message;
}

} // namespace eventloupe
