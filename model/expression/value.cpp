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
    auto list = std::make_shared<ListValue>();
    for (const Value& item : items) {
        list->weight = std::min(list->weight + item.weight(), mostWeight);
        list->depth = std::max(list->depth, item.depth() + 1);
    }
    list->items = std::move(items);
    return Value(Content(std::shared_ptr<const ListValue>(std::move(list))));
}

Value Value::fromOptional(std::optional<Value> value)
{
    auto optional = std::make_shared<OptionalValue>();
    optional->depth = value ? value->depth() + 1 : 1;
    optional->value = std::move(value);
    return Value(Content(std::shared_ptr<const OptionalValue>(std::move(optional))));
}

Value Value::fromJson(const JsonValue& json)
{
    Value value = borrow(json);
    if (!std::holds_alternative<const JsonValue*>(value.m_content)) {
        return value;
    }
    return json.isString() ? fromString(json.toUtf8()) : Value(Content(json));
}

Value Value::borrow(const JsonValue& json)
{
    switch (json.type()) {
    case JsonValue::Type::Null:
        return {};
    case JsonValue::Type::Bool:
        return fromBool(json.toBool());
    case JsonValue::Type::Int:
        return fromInt(json.toInt());
    case JsonValue::Type::UInt:
        return fromUInt(json.toUInt());
    case JsonValue::Type::Double:
        return json.spelling().empty() ? fromDouble(json.toDouble()) : Value(Content(&json));
    default:
        return Value(Content(&json));
    }
}

Value::Type Value::jsonType() const
{
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

const Value* Value::held() const
{
    const auto* optional = as<std::shared_ptr<const OptionalValue>>(*this);
    return optional != nullptr && (*optional)->value ? &*(*optional)->value : nullptr;
}

qint64 Value::weight() const
{
    if (const auto* list = listOf(*this)) {
        return list->weight + 1;
    }
    if (const Value* value = held()) {
        return std::min(value->weight() + 1, mostWeight);
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
    constexpr std::array<std::string_view, 13> names { "null_type", "bool", "int", "uint", "double",
        "string", "bytes", "list", "map", "google.protobuf.Timestamp", "google.protobuf.Duration",
        "optional_type", "type" };
    return names[static_cast<std::size_t>(type)];
}

} // namespace eventloupe
