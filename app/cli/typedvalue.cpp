#include "app/cli/typedvalue.h"

#include "app/cli/terminal.h"
#include "expression/containers.h"
#include "expression/duration.h"
#include "value/event.h"

#include <QLocale>

#include <cmath>
#include <limits>

namespace eventloupe::cli {

namespace {

JsonValue tagged(const QByteArray& kind, JsonValue content)
{
    auto typed = JsonValue::emptyObject();
    typed.insert(kind, std::move(content));
    return typed;
}

JsonValue taggedText(const QByteArray& kind, const QByteArray& text)
{
    return tagged(kind, JsonValue::fromString(text));
}

QByteArray spelled(double number)
{
    if (std::isnan(number))
        return "nan";
    if (std::isinf(number))
        return number > 0 ? "inf" : "-inf";
    if (number == 0)
        return std::signbit(number) ? "-0.0" : "0.0"; // QByteArray drops the sign
    auto text = QByteArray::number(number, 'g', QLocale::FloatingPointShortest);
    if (!text.contains('.') && !text.contains('e'))
        text += ".0";
    return text;
}

JsonValue typedList(const Value& list)
{
    auto items = JsonValue::emptyArray();
    for (qsizetype i = 0; i < list.size(); ++i)
        items.append(toTyped(list.at(i)));
    return items;
}

JsonValue typedMap(const Value& map)
{
    auto entries = JsonValue::emptyArray();
    for (qsizetype i = 0; i < map.size(); ++i) {
        const auto [key, value] = map.entryAt(i);
        auto entry = JsonValue::emptyArray();
        entry.append(toTyped(key));
        entry.append(toTyped(value));
        entries.append(entry);
    }
    return entries;
}

/// A timestamp or a duration as JSON has it.
JsonValue asJson(const Value& value)
{
    const auto json = value.toJson();
    return json ? *json : JsonValue();
}

QByteArray nameOfHeldType(const Value& value)
{
    const auto* type = std::get_if<ValueType>(&value.content());
    return type != nullptr ? toBytes(nameOf(*type)) : QByteArray();
}

Error wrong(const QByteArray& kind)
{
    return {
        ErrorCode::InvalidInput,
        tr("a binding is not a value of the form {\"int\":\"1\"}: %1").arg(QString::fromUtf8(kind))
    };
}

Result<Value> typeNamed(const QByteArray& name)
{
    for (int type = 0; type <= int(ValueType::Type); ++type) {
        if (nameOf(ValueType(type)) == viewOf(name))
            return Value::fromType(ValueType(type));
    }
    return wrong(name);
}

Result<Value> doubleOf(const QByteArray& text)
{
    const double infinity = std::numeric_limits<double>::infinity();
    if (text == "nan")
        return Value::fromDouble(std::numeric_limits<double>::quiet_NaN());
    if (text == "inf" || text == "-inf")
        return Value::fromDouble(text == "inf" ? infinity : -infinity);
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    return isNumber ? Result<Value>(Value::fromDouble(number)) : wrong(text);
}

Result<Value> listOf(const JsonValue& content)
{
    std::vector<Value> items;
    for (const auto& element : content.elements()) {
        auto item = fromTyped(element);
        if (!item)
            return item;
        items.push_back(std::move(*item));
    }
    return Value::fromList(std::move(items));
}

Result<Value> mapOf(const JsonValue& content)
{
    std::vector<MapValue::Entry> entries;
    for (const auto& pair : content.elements()) {
        if (pair.size() != 2)
            return wrong(pair.toJson());
        auto key = fromTyped(pair.elements()[0]);
        if (!key)
            return key;
        auto value = fromTyped(pair.elements()[1]);
        if (!value)
            return value;
        entries.emplace_back(std::move(*key), std::move(*value));
    }
    auto map = std::make_shared<MapValue>();
    if (map->assign(std::move(entries)) >= 0)
        return wrong(content.toJson());
    return Value(Value::Content(std::shared_ptr<const MapValue>(std::move(map))));
}

Result<Value> optionalOf(const JsonValue& content)
{
    if (content.isNull())
        return Value::fromOptional({});
    auto value = fromTyped(content);
    return value ? Value::fromOptional(*std::move(value)) : value;
}

Result<Value> timeOf(const QByteArray& kind, const QByteArray& text)
{
    if (kind == "timestamp") {
        const auto instant = parseInstant(viewOf(text));
        return instant ? Result<Value>(Value(Value::Content(*instant))) : wrong(text);
    }
    const auto duration = parseDuration(viewOf(text));
    return duration ? Result<Value>(Value::fromDuration(*duration)) : wrong(text);
}

Result<Value> scalarOf(const QByteArray& kind, const JsonValue& content)
{
    const auto text = content.toUtf8();
    bool isNumber = false;
    if (kind == "null")
        return Value();
    if (kind == "bool")
        return content.isBool() ? Result<Value>(Value::fromBool(content.toBool())) : wrong(kind);
    if (kind == "int") {
        const auto number = text.toLongLong(&isNumber);
        return isNumber ? Result<Value>(Value::fromInt(number)) : wrong(text);
    }
    if (kind == "uint") {
        const auto number = text.toULongLong(&isNumber);
        return isNumber ? Result<Value>(Value::fromUInt(number)) : wrong(text);
    }
    if (kind == "double")
        return doubleOf(text);
    if (kind == "string")
        return content.isString() ? Result<Value>(Value::fromString(text)) : wrong(kind);
    if (kind == "bytes")
        return Value::fromBytes(QByteArray::fromHex(text));
    if (kind == "type")
        return typeNamed(text);
    if (kind == "timestamp" || kind == "duration")
        return timeOf(kind, text);
    return wrong(kind);
}

} // namespace

JsonValue toTyped(const Value& value)
{
    switch (value.type()) {
    case ValueType::Null:
        return tagged("null", JsonValue());
    case ValueType::Bool:
        return tagged("bool", JsonValue::fromBool(value.toBool()));
    case ValueType::Int:
        return taggedText("int", QByteArray::number(value.toInt()));
    case ValueType::UInt:
        return taggedText("uint", QByteArray::number(value.toUInt()));
    case ValueType::Double:
        return taggedText("double", spelled(value.toDouble()));
    case ValueType::String:
        return taggedText("string", value.toUtf8());
    case ValueType::Bytes:
        return taggedText("bytes", value.toUtf8().toHex());
    case ValueType::List:
        return tagged("list", typedList(value));
    case ValueType::Map:
        return tagged("map", typedMap(value));
    case ValueType::Timestamp:
        return tagged("timestamp", asJson(value));
    case ValueType::Duration:
        return tagged("duration", asJson(value));
    case ValueType::Optional:
        return tagged("optional", value.held() != nullptr ? toTyped(*value.held()) : JsonValue());
    case ValueType::Type:
        return taggedText("type", nameOfHeldType(value));
    }
    return tagged("null", JsonValue());
}

Result<Value> fromTyped(const JsonValue& typed)
{
    if (!typed.isObject() || typed.size() != 1)
        return wrong(typed.toJson());
    const auto& [kind, content] = typed.members()[0];
    if (kind == "list" && content.isArray())
        return listOf(content);
    if (kind == "map" && content.isArray())
        return mapOf(content);
    if (kind == "optional")
        return optionalOf(content);
    return scalarOf(kind, content);
}

} // namespace eventloupe::cli
