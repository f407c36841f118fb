#include "domain/eventvalues.h"

#include "value/json.h"

namespace eventloupe {

Result<Value> jsonTextValue(std::string_view json)
{
    if (json.empty())
        return Value();
    auto parsed = parseStoredJson(json);
    if (!parsed)
        return parsed.error();
    return Value::fromJson(*parsed);
}

Result<Value> eventValue(const EventView& event)
{
    JsonValue metadata = JsonValue::emptyObject();
    if (!event.metadata.empty()) {
        auto parsed = parseStoredJson(event.metadata);
        if (!parsed)
            return parsed.error();
        metadata = std::move(parsed).value();
    }
    JsonValue value = JsonValue::emptyObject();
    value.insert("type", JsonValue::fromString(toBytes(event.type)));
    value.insert("stream", JsonValue::fromString(toBytes(event.stream)));
    value.insert("category", JsonValue::fromString(toBytes(categoryViewOf(event.stream))));
    value.insert("version", JsonValue::fromInt(event.version));
    value.insert("position", JsonValue::fromInt(event.position));
    value.insert("time", JsonValue::fromString(event.time.toRfc3339()));
    value.insert("id", JsonValue::fromString(toBytes(event.id)));
    value.insert("metadata", std::move(metadata));
    return Value::fromJson(value);
}

} // namespace eventloupe
