#include "expression/value.h"

#include "expression/containers.h"
#include "value/event.h"

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

constexpr qint64 microsecondsPerSecond = 1'000'000;

template <class T> const T* as(const Value& value)
{
    return std::get_if<T>(&value.content());
}

const ListValue* listOf(const Value& value)
{
    const auto* list = as<std::shared_ptr<const ListValue>>(value);
    return list != nullptr ? list->get() : nullptr;
}

const MapValue* mapOf(const Value& value)
{
    const auto* map = as<std::shared_ptr<const MapValue>>(value);
    return map != nullptr ? map->get() : nullptr;
}

ValueType typeOf(const JsonValue& json)
{
    constexpr std::array types { ValueType::Null, ValueType::Bool, ValueType::Int, ValueType::UInt,
        ValueType::Double, ValueType::String, ValueType::List, ValueType::Map };
    return types[static_cast<std::size_t>(json.type())];
}

/// A child of a value that owns its JSON may not be borrowed: the owner may be a temporary.
Value childOf(const Value& owner, const JsonValue& child)
{
    return as<JsonValue>(owner) != nullptr ? Value::fromJson(child) : Value::borrow(child);
}

/// The scalars that are held in place.
std::optional<Value> inPlace(const JsonValue& json)
{
    switch (json.type()) {
    case JsonValue::Type::Null:
        return Value();
    case JsonValue::Type::Bool:
        return Value::fromBool(json.toBool());
    case JsonValue::Type::Int:
        return Value::fromInt(json.toInt());
    case JsonValue::Type::UInt:
        return Value::fromUInt(json.toUInt());
    case JsonValue::Type::Double:
        if (json.spelling().empty()) {
            return Value::fromDouble(json.toDouble());
        }
        return std::nullopt;
    default:
        return std::nullopt;
    }
}

} // namespace

Value Value::fromBytes(QByteArray bytes)
{
    return Value(Content(BytesValue { std::move(bytes) }));
}

Value Value::fromTimestamp(eventloupe::Timestamp time)
{
    auto seconds = time.microseconds / microsecondsPerSecond;
    auto rest = time.microseconds % microsecondsPerSecond;
    if (rest < 0) {
        rest += microsecondsPerSecond;
        --seconds;
    }
    return Value(Content(Instant { seconds, static_cast<qint32>(rest * 1000) }));
}

Value Value::fromList(std::vector<Value> items)
{
    qint64 weight = 0;
    for (const Value& item : items) {
        weight = std::min(weight + item.weight(), mostWeight);
    }
    return Value(
        Content(std::make_shared<const ListValue>(ListValue { std::move(items), weight })));
}

Value Value::fromJson(const JsonValue& json)
{
    if (auto scalar = inPlace(json)) {
        return *std::move(scalar);
    }
    return json.isString() ? fromString(json.toUtf8()) : Value(Content(json));
}

Value Value::borrow(const JsonValue& json)
{
    if (auto scalar = inPlace(json)) {
        return *std::move(scalar);
    }
    return Value(Content(&json));
}

const JsonValue* Value::json() const
{
    if (const auto* owned = as<JsonValue>(*this)) {
        return owned;
    }
    const auto* borrowed = as<const JsonValue*>(*this);
    return borrowed != nullptr ? *borrowed : nullptr;
}

Value::Type Value::type() const
{
    constexpr std::array types { Type::Null, Type::Bool, Type::Int, Type::UInt, Type::Double,
        Type::String, Type::Bytes, Type::Timestamp, Type::Duration, Type::Type, Type::List,
        Type::Map };
    if (m_content.index() < types.size()) {
        return types[m_content.index()];
    }
    const JsonValue* tree = json();
    return tree != nullptr ? typeOf(*tree) : Type::Null;
}

bool Value::toBool() const
{
    const auto* value = as<bool>(*this);
    return value != nullptr && *value;
}

qint64 Value::toInt() const
{
    const auto* value = as<qint64>(*this);
    return value != nullptr ? *value : 0;
}

quint64 Value::toUInt() const
{
    const auto* value = as<quint64>(*this);
    return value != nullptr ? *value : 0;
}

double Value::toDouble() const
{
    if (const auto* value = as<double>(*this)) {
        return *value;
    }
    const JsonValue* tree = json();
    return tree != nullptr && tree->type() == JsonValue::Type::Double ? tree->toDouble() : 0;
}

QByteArray Value::toUtf8() const
{
    if (const auto* text = as<QByteArray>(*this)) {
        return *text;
    }
    if (const auto* bytes = as<BytesValue>(*this)) {
        return bytes->bytes;
    }
    const JsonValue* tree = json();
    return tree != nullptr ? tree->toUtf8() : QByteArray();
}

std::string_view Value::toView() const
{
    if (const auto* text = as<QByteArray>(*this)) {
        return viewOf(*text);
    }
    if (const auto* bytes = as<BytesValue>(*this)) {
        return viewOf(bytes->bytes);
    }
    const JsonValue* tree = json();
    return tree != nullptr ? tree->toView() : std::string_view();
}

eventloupe::Timestamp Value::toTimestamp() const
{
    const auto* time = as<Instant>(*this);
    return time == nullptr ? eventloupe::Timestamp()
                           : eventloupe::Timestamp { time->seconds * microsecondsPerSecond
                                 + time->nanoseconds / 1000 };
}

qsizetype Value::size() const
{
    if (const auto* list = listOf(*this)) {
        return std::ssize(list->items);
    }
    if (const auto* map = mapOf(*this)) {
        return std::ssize(map->entries());
    }
    const JsonValue* tree = json();
    return tree != nullptr ? tree->size() : 0;
}

Value Value::at(qsizetype index) const
{
    const auto i = static_cast<std::size_t>(index);
    if (const auto* list = listOf(*this)) {
        return list->items[i];
    }
    return childOf(*this, json()->elements()[i]);
}

std::pair<Value, Value> Value::entryAt(qsizetype index) const
{
    const auto i = static_cast<std::size_t>(index);
    if (const auto* map = mapOf(*this)) {
        return map->entries()[i];
    }
    const auto& member = json()->members()[i];
    return { fromString(member.key), childOf(*this, member.value) };
}

std::optional<Value> Value::find(const Value& key) const
{
    if (const auto* map = mapOf(*this)) {
        const Value* found = map->find(key);
        return found != nullptr ? std::optional(*found) : std::nullopt;
    }
    return key.type() == Type::String ? find(key.toView()) : std::nullopt;
}

std::optional<Value> Value::find(std::string_view key) const
{
    if (mapOf(*this) != nullptr) {
        return find(fromString(toBytes(key)));
    }
    const JsonValue* tree = json();
    const JsonValue* found = tree != nullptr ? tree->find(key) : nullptr;
    return found != nullptr ? std::optional(childOf(*this, *found)) : std::nullopt;
}

qint64 Value::weight() const
{
    if (const auto* list = listOf(*this)) {
        return list->weight + 1;
    }
    const auto* map = mapOf(*this);
    return (map != nullptr ? map->weight() : size()) + 1;
}

Value Value::owned() const
{
    const auto* borrowed = as<const JsonValue*>(*this);
    return borrowed != nullptr ? fromJson(**borrowed) : *this;
}

std::string_view nameOf(ValueType type)
{
    constexpr std::array<std::string_view, 12> names { "null_type", "bool", "int", "uint", "double",
        "string", "bytes", "list", "map", "google.protobuf.Timestamp", "google.protobuf.Duration",
        "type" };
    return names[static_cast<std::size_t>(type)];
}

} // namespace eventloupe
