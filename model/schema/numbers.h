#pragma once

#include "value/jsonvalue.h"

namespace eventloupe {

/// True for a number without a fraction, 1.0 included (JSON Schema Core 2020-12, section 4.2.3).
[[nodiscard]] bool isWholeNumber(const JsonValue& value);

/// -1, 0 or 1; exact between integers, and between integers and doubles.
[[nodiscard]] int compareNumbers(const JsonValue& left, const JsonValue& right);

/// True when value / divisor is a whole number, computed on the decimals as they are spelt, so
/// that 19.99 is a multiple of 0.01. The divisor must be above 0.
[[nodiscard]] bool isMultipleOf(const JsonValue& value, const JsonValue& divisor);

} // namespace eventloupe
