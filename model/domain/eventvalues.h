#pragma once

#include "expression/value.h"
#include "value/event.h"

namespace eventloupe {

/// `event` as rules see it: type, stream, category, version, position, time, id, metadata.
/// Metadata that is absent is an empty object.
[[nodiscard]] Result<Value> eventValue(const EventView& event);

/// Stored JSON as a value of an expression; absent bytes are null.
[[nodiscard]] Result<Value> jsonTextValue(std::string_view json);

} // namespace eventloupe
