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

Result<JsonValue> listToJson(const Value& list)
{
    std::vector<JsonValue> elements;
    elements.reserve(static_cast<std::size_t>(list.size()));
    for (qsizetype i = 0; i < list.size(); ++i) {
        auto element = list.at(i).toJson();
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
        auto json = value.toJson();
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

} // namespace

Result<JsonValue> Value::toJson() const
{
    if (const JsonValue* tree = json()) {
        return *tree;
    }
    switch (type()) {
    case Type::Null:
        return JsonValue();
    case Type::Bool:
        return JsonValue::fromBool(toBool());
    case Type::Int:
        return JsonValue::fromInt(toInt());
    case Type::UInt:
        return JsonValue::fromUInt(toUInt());
    case Type::Double:
        if (!std::isfinite(toDouble())) {
            return refused(QT_TRANSLATE_NOOP(
                "Expression", "JSON has no number that is infinite or not a number"));
        }
        return JsonValue::fromDouble(toDouble());
    case Type::String:
        return JsonValue::fromString(toUtf8());
    case Type::Bytes:
        return JsonValue::fromString(toUtf8().toBase64());
    case Type::List:
        return listToJson(*this);
    case Type::Map:
        return mapToJson(*this);
    case Type::Timestamp:
        return JsonValue::fromString(instantText(std::get<Instant>(m_content)));
    case Type::Duration:
        return JsonValue::fromString(durationText(std::get<eventloupe::Duration>(m_content)));
    case Type::Type:
        break;
    }
    return refused(QT_TRANSLATE_NOOP("Expression", "JSON cannot hold a type"));
}

} // namespace eventloupe
