#pragma once

#include "value/jsonvalue.h"

#include <optional>
#include <string_view>
#include <variant>

namespace eventloupe {

/// A number of JSON without its spelling.
using JsonNumber = std::variant<qint64, quint64, double>;

/// The value of a JSON number's text: an integer where int64 or uint64 holds it exactly, else a
/// double. Numbers beyond a double's range become infinity or zero; "-0" is a
/// double, since no integer has its sign. Nothing when the text is no JSON number. No allocation.
[[nodiscard]] std::optional<JsonNumber> readJsonNumber(std::string_view token);

/// The same as a value, a double with its spelling.
[[nodiscard]] std::optional<JsonValue> parseJsonNumber(std::string_view token);

} // namespace eventloupe
