#pragma once

#include "expression/value.h"
#include "value/event.h"

#include <optional>
#include <string_view>
#include <vector>

namespace eventloupe {

/// The value of a text as JsonValue::toJson() writes it; a scalar without escapes borrows from it.
[[nodiscard]] std::optional<Value> valueOfText(std::string_view text);

/// A field of the event; nothing where it has none of these names. A text borrows from the event.
[[nodiscard]] std::optional<Value> eventField(
    const EventView& event, const std::vector<QByteArray>& names);

/// How deep the arrays and objects of a JSON text are.
[[nodiscard]] int depthOf(std::string_view json);

} // namespace eventloupe
