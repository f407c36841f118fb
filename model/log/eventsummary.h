#pragma once

#include <QString>

#include <string_view>

namespace eventloupe {

/// The most characters of a summary.
constexpr qsizetype maximumSummaryLength = 200;

/// One line that tells what is in an event's data: "name=Ada email=a@x.org"; what is nested is
/// compact JSON. Cut with an ellipsis; ASCII's control characters are shown as signs, all else that
/// is not seen is left to the view. Data that is no JSON, or over 256 KiB, gives its beginning.
/// Thread-safe.
[[nodiscard]] QString summaryOf(std::string_view data);

} // namespace eventloupe
