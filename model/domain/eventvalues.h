#pragma once

#include "expression/value.h"
#include "value/event.h"

namespace eventloupe {

/// `event` as rules see it: type, stream, category, version, position, time, id, metadata.
/// Metadata that is absent is an empty object.
[[nodiscard]] Result<Value> eventValue(const EventView& event);

/// Stored JSON as a value of an expression; absent bytes are null.
[[nodiscard]] Result<Value> jsonTextValue(std::string_view json);

/// What stands before the first '-' of a stream's name.
[[nodiscard]] inline std::string_view categoryViewOf(std::string_view stream)
{
    return stream.substr(0, stream.find('-'));
}

} // namespace eventloupe
