#pragma once

#include <QRegularExpression>

#include <optional>
#include <string_view>

namespace eventloupe {

/// Why there is no match to tell of.
enum class PatternFault {
    Malformed, ///< The pattern is none.
    TooMuchWork, ///< It is too long, or it tries too many ways through the text.
};

/// Whether the pattern fits somewhere in the text; nothing when `fault` says why. A pattern may go
/// back over a text in more ways than anybody can wait for, so that its tries are limited: the
/// longer the text, the fewer at each of its places. Thread-safe; each thread keeps the patterns
/// that it used last.
[[nodiscard]] std::optional<bool> matchesPattern(
    std::string_view text, std::string_view pattern, PatternFault& fault);

} // namespace eventloupe
