#include "domain/eventvalues.h"

#include "expression/containers.h"
#include "value/category.h"
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
    Value metadata = Value::fromJson(JsonValue::emptyObject());
    if (!event.metadata.empty()) {
        auto parsed = jsonTextValue(event.metadata);
        if (!parsed)
            return parsed.error();
        metadata = std::move(parsed).value();
    }
    const auto text = [](std::string_view view) { return Value::fromString(toBytes(view)); };
    std::vector<MapValue::Entry> entries;
    entries.reserve(8);
    entries.emplace_back(text("type"), text(event.type));
    entries.emplace_back(text("stream"), text(event.stream));
    entries.emplace_back(text("category"), text(categoryOf(event.stream)));
    entries.emplace_back(text("version"), Value::fromInt(event.version));
    entries.emplace_back(text("position"), Value::fromInt(event.position));
    entries.emplace_back(text("time"), Value::fromTimestamp(event.time));
    entries.emplace_back(text("id"), text(event.id));
    entries.emplace_back(text("metadata"), std::move(metadata));
    auto map = std::make_shared<MapValue>();
    map->assign(std::move(entries));
    return Value(Value::Content(std::shared_ptr<const MapValue>(std::move(map))));
}

} // namespace eventloupe
