#include "expression/rawvalue.h"

#include "value/event.h"
#include "value/json.h"
#include "value/rawjsonpath.h"

namespace eventloupe {

namespace {

QByteArray borrowed(std::string_view view)
{
    return QByteArray::fromRawData(view.data(), static_cast<qsizetype>(view.size()));
}

bool stringValue(std::string_view literal, Value& result)
{
    std::string buffer;
    const auto text = rawJsonString(literal, buffer);
    if (!text) {
        return false;
    }
    const bool isView = text->data() != buffer.data();
    result = Value::fromString(isView ? borrowed(*text) : toBytes(*text));
    return true;
}

bool numberValue(std::string_view token, Value& result)
{
    const auto number = readJsonNumber(token);
    if (!number) {
        return false;
    }
    if (const auto* small = std::get_if<qint64>(&*number)) {
        result = Value::fromInt(*small);
    } else if (const auto* large = std::get_if<quint64>(&*number)) {
        result = Value::fromUInt(*large);
    } else {
        result = Value(
            Value::Content(JsonValue::fromDouble(std::get<double>(*number), borrowed(token))));
    }
    return true;
}

bool treeValue(std::string_view text, Value& result)
{
    const auto tree = parseStoredJson(text);
    if (!tree) {
        return false;
    }
    result = Value::fromJson(*tree);
    return true;
}

} // namespace

bool rawJsonValue(std::string_view text, Value& result)
{
    if (text.empty()) {
        return false;
    }
    switch (text.front()) {
    case '"':
        return stringValue(text, result);
    case '{':
    case '[':
        return treeValue(text, result);
    case 't':
    case 'f':
        result = Value::fromBool(text == "true");
        return text == "true" || text == "false";
    case 'n':
        result = Value();
        return text == "null";
    default:
        return numberValue(text, result);
    }
}

} // namespace eventloupe
