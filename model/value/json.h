#pragma once

#include "value/jsonvalue.h"
#include "value/result.h"

#include <optional>
#include <string_view>
#include <vector>

namespace eventloupe {

/// The deepest nesting that is accepted, in arrays and objects.
constexpr int maximumJsonDepth = 1000;

/// Where and why a text is not JSON.
struct JsonFault {
    qsizetype offset = 0; ///< In bytes from the start, 0-based.
    QString reason; ///< For people, without the place.
};

/// A member of an object as it stands in the text.
struct JsonMember {
    std::string_view name; ///< Without its quotes, escapes kept.
    std::string_view value;
};

/// Checks a text against RFC 8259 strictly: invalid UTF-8, lone surrogate escapes, a depth over
/// maximumJsonDepth, a byte order mark, and anything after the value are refused, never repaired.
/// Nothing is allocated when the text is valid. Thread-safe.
///
/// `members`, if any, gets the members of the text when it is an object, in their order, duplicates
/// included; where there is a fault, it is of no account.
[[nodiscard]] std::optional<JsonFault> findJsonFault(
    std::string_view text, std::vector<JsonMember>* members = nullptr);

/// findJsonFault() as a Result: "byte 17: ...".
[[nodiscard]] Result<void> validateJson(std::string_view text);

/// Parses a text, validated as by validateJson(). Of duplicate keys the last wins, in the place
/// of the first. Uses simdjson with a parser a thread. Thread-safe.
[[nodiscard]] Result<JsonValue> parseJson(std::string_view text);

/// The same without the validator's pass, for text that a store holds and that was checked when it
/// came in; damaged text still gives an Error.
[[nodiscard]] Result<JsonValue> parseStoredJson(std::string_view text);

/// Room for the shortest text of any double.
constexpr std::size_t shortestDouble = 32;
/// Writes a finite double as JSON text that reads back as a double; gives its length.
std::size_t writeDouble(char* out, double value);

/// How many bytes at the start stand in a JSON string literal as they are.
[[nodiscard]] std::size_t plainJsonLength(std::string_view utf8);

/// Appends a string as a JSON string literal, quotes included; the bytes must be valid UTF-8.
void appendJsonString(QByteArray& out, std::string_view utf8);

} // namespace eventloupe
