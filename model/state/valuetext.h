#pragma once

#include "value/jsonvalue.h"

namespace eventloupe {

/// The most characters of a value that a row shows.
constexpr int maximumShownLength = 300;

/// A text in one line: ASCII's control characters are shown as signs (a line feed as U+240A), all
/// else that is not seen is left to the view, and what is over `limit` characters is cut, with an
/// ellipsis. Costs O(limit), however long the text.
[[nodiscard]] QString oneLineText(const QByteArray& utf8, int limit = maximumShownLength);

/// A value in one line: a string without quotes unless it is empty, all else as compact JSON.
[[nodiscard]] QString oneLineText(const JsonValue& value, int limit = maximumShownLength);

} // namespace eventloupe
