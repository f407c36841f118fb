#pragma once

#include "value/jsonpointer.h"

#include <optional>
#include <string_view>

namespace eventloupe {

/// A place in a text, counted from 1; columns in characters.
struct TextPlace {
    int line = 1;
    int column = 1;
    friend bool operator==(TextPlace, TextPlace) = default;
};

/// The line and column of a byte; an offset past the end is the end.
[[nodiscard]] TextPlace placeOfOffset(std::string_view text, qsizetype offset);

/// Which end of a member is meant.
enum class MemberPart { Name, Value };

/// The offset in a valid JSON text at which the value that is pointed to begins, or its name. For
/// what is not there, the deepest thing on the way. Of duplicate names the last counts, as parsed.
[[nodiscard]] qsizetype offsetOfPointer(
    std::string_view json, const JsonPointer& pointer, MemberPart part = MemberPart::Value);

/// The offset of the name of a member that its object has already, in a valid JSON text.
[[nodiscard]] std::optional<qsizetype> findRepeatedMember(std::string_view json);

/// The offset of a character inside the JSON string that begins (with its quote) at `start`;
/// line and column are those of the decoded string, from 1.
[[nodiscard]] qsizetype offsetInString(std::string_view json, qsizetype start, TextPlace inside);

} // namespace eventloupe
