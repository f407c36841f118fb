#pragma once

#include "value/jsonnumber.h"

#include <QByteArray>

#include <span>
#include <string>
#include <string_view>

namespace eventloupe {

/// What findRawJson() found.
struct RawJsonFinding {
    enum class Outcome {
        Found, ///< `text` is the value.
        NoSuchKey, ///< `text` is the object that has no member path[depth].
        NoObject, ///< `text` is the value, no object, that was to have a member path[depth].
        Damaged, ///< What was walked through is not JSON.
    };
    Outcome outcome = Outcome::Damaged;
    std::string_view text; ///< Without space around it.
    std::size_t depth = 0; ///< How many keys of the path were found.
};

/// Walks from the value of a JSON text to a member of a member... without building a tree. Of
/// duplicate keys the last wins, as for parseJson(); keys may be escaped in the text. For text that
/// was validated when it came in: what is stepped over is not checked again, though no text makes
/// this read beyond it. Time is linear in the text. Thread-safe.
[[nodiscard]] RawJsonFinding findRawJson(std::string_view json, std::span<const QByteArray> path);

/// The content of a string literal as findRawJson() gave it, quotes included: a view into it or,
/// where it has escapes, into `buffer`. Nothing where an escape is wrong.
[[nodiscard]] std::optional<std::string_view> rawJsonString(
    std::string_view literal, std::string& buffer);

} // namespace eventloupe
