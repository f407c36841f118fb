#include "domain/eventfilter.h"

#include "domain/eventvalues.h"

#include <array>

namespace eventloupe {

namespace {

enum Variable : std::size_t {
    Position,
    Stream,
    Category,
    Version,
    Type,
    Time,
    Id,
    Data,
    Metadata,
    VariableCount
};

constexpr std::array<std::string_view, VariableCount> names { "position", "stream", "category",
    "version", "type", "time", "id", "data", "metadata" };

Result<Value> valueOf(Variable variable, const EventView& event)
{
    switch (variable) {
    case Position:
        return Value::fromInt(event.position);
    case Stream:
        return Value::fromString(toBytes(event.stream));
    case Category:
        return Value::fromString(toBytes(categoryViewOf(event.stream)));
    case Version:
        return Value::fromInt(event.version);
    case Type:
        return Value::fromString(toBytes(event.type));
    case Time:
        return Value::fromTimestamp(event.time);
    case Id:
        return Value::fromString(toBytes(event.id));
    case Data:
        return jsonTextValue(event.data);
    default:
        return jsonTextValue(event.metadata);
    }
}

} // namespace

EventFilter::EventFilter(Expression expression)
    : m_expression(std::move(expression))
{
}

Result<EventFilter> EventFilter::compile(std::string_view source)
{
    auto expression = Expression::compile(source, names);
    if (!expression)
        return expression.error();
    return EventFilter(std::move(expression).value());
}

bool EventFilter::matches(const EventView& event) const
{
    std::array<Value, VariableCount> values;
    for (std::size_t i = 0; i < VariableCount; ++i) {
        if (!m_expression.uses(i))
            continue;
        auto value = valueOf(static_cast<Variable>(i), event);
        if (!value)
            return false;
        values.at(i) = std::move(value).value();
    }
    return m_expression.holds(values);
}

} // namespace eventloupe
