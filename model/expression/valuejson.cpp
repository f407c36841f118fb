#include "expression/duration.h"
#include "expression/value.h"

#include <QCoreApplication>

#include <cmath>

namespace eventloupe {

namespace {

Error refused(const char* reason)
{
    return { ErrorCode::InvalidInput, QCoreApplication::translate("Expression", reason) };
}

Result<JsonValue> jsonOf(const Value& value);

Result<JsonValue> listToJson(const Value& list)
{
    std::vector<JsonValue> elements;
    elements.reserve(static_cast<std::size_t>(list.size()));
    for (qsizetype i = 0; i < list.size(); ++i) {
        auto element = jsonOf(list.at(i));
        if (!element) {
            return element;
        }
        elements.push_back(*std::move(element));
    }
    return JsonValue::fromElements(std::move(elements));
}

QByteArray keyText(const Value& key)
{
    switch (key.type()) {
    case ValueType::Bool:
        return key.toBool() ? "true" : "false";
    case ValueType::Int:
        return QByteArray::number(key.toInt());
    case ValueType::UInt:
        return QByteArray::number(key.toUInt());
    default:
        return key.toUtf8();
    }
}

Result<JsonValue> mapToJson(const Value& map)
{
    std::vector<JsonValue::Member> members;
    members.reserve(static_cast<std::size_t>(map.size()));
    for (qsizetype i = 0; i < map.size(); ++i) {
        const auto [key, value] = map.entryAt(i);
        auto json = jsonOf(value);
        if (!json) {
            return json;
        }
        members.push_back({ keyText(key), *std::move(json) });
    }
    auto object = JsonValue::fromMembers(std::move(members));
    if (object.size() != map.size()) {
        return refused(
            QT_TRANSLATE_NOOP("Expression", "two keys of a map are the same when written as JSON"));
    }
    return object;
}

/// Calls itself a level, and a Value has a bounded number of them.
Result<JsonValue> jsonOf(const Value& value)
{
    if (const JsonValue* tree = value.json()) {
        return *tree;
    }
    switch (value.type()) {
    case ValueType::Null:
        return JsonValue();
    case ValueType::Bool:
        return JsonValue::fromBool(value.toBool());
    case ValueType::Int:
        return JsonValue::fromInt(value.toInt());
    case ValueType::UInt:
        return JsonValue::fromUInt(value.toUInt());
    case ValueType::Double:
        if (!std::isfinite(value.toDouble())) {
            return refused(QT_TRANSLATE_NOOP(
                "Expression", "JSON has no number that is infinite or not a number"));
        }
        return JsonValue::fromDouble(value.toDouble());
    case ValueType::String:
        return JsonValue::fromString(value.toUtf8());
    case ValueType::Bytes:
        return JsonValue::fromString(value.toUtf8().toBase64());
    case ValueType::List:
        return listToJson(value);
    case ValueType::Map:
        return mapToJson(value);
    case ValueType::Timestamp:
        return JsonValue::fromString(instantText(std::get<Instant>(value.content())));
    case ValueType::Duration:
        return JsonValue::fromString(durationText(std::get<Duration>(value.content())));
    case ValueType::Optional:
        return refused(QT_TRANSLATE_NOOP("Expression",
            "JSON cannot hold an optional; take its value with .orValue(...) or .value()"));
    case ValueType::Type:
        break;
    }
    return refused(QT_TRANSLATE_NOOP("Expression", "JSON cannot hold a type"));
}

} // namespace

Result<JsonValue> Value::toJson() const
{
    const bool isMade = json() == nullptr && (type() == Type::List || type() == Type::Map);
    if (isMade && writtenSize(mostJson) >= mostJson) {
        return refused(QT_TRANSLATE_NOOP("Expression", "the value is longer than 64 MB as JSON"));
    }
    return jsonOf(*this);
}

} // namespace eventloupe
