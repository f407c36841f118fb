#pragma once

#include "value/jsonvalue.h"

#include <optional>
#include <string_view>

namespace eventloupe {

/// The value of a JSON number's text: an integer where int64 or uint64 holds it exactly, else a
/// double with its spelling. Numbers beyond a double's range become infinity or zero; "-0" is a
/// double, since no integer has its sign. Nothing when the text is no JSON number.
[[nodiscard]] std::optional<JsonValue> parseJsonNumber(std::string_view token);

} // namespace eventloupe
