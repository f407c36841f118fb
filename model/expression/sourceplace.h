#pragma once

#include "expression/expression.h"

namespace eventloupe {

/// A fault by its line and column, for an offset in bytes of the source.
[[nodiscard]] ExpressionFault faultAt(
    std::string_view source, std::size_t offset, const QString& message);

} // namespace eventloupe
