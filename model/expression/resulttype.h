#pragma once

#include "expression/expression.h"

namespace eventloupe {

/// Why an expression gives neither true nor false whatever its variables are: `1 + 1`,
/// `size(data.items)`, or the name of one of `notBooleans`. Nothing where it may give them, as any
/// field of a payload may. The source must compile.
[[nodiscard]] std::optional<ExpressionFault> whyNeverBoolean(
    std::string_view source, std::span<const std::string_view> notBooleans);

} // namespace eventloupe
