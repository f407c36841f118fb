#pragma once

#include <QtGlobal>

#include <compare>

namespace eventloupe {

/// Exact comparisons between the number types, without rounding one to the other.
/// A NaN is unordered with everything.
[[nodiscard]] std::partial_ordering compareNumbers(qint64 left, double right);
[[nodiscard]] std::partial_ordering compareNumbers(quint64 left, double right);
[[nodiscard]] std::strong_ordering compareNumbers(qint64 left, quint64 right);

} // namespace eventloupe
