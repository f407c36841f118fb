#pragma once

#include <string>
#include <string_view>

namespace eventloupe {

/// A number in one of the spellings that JSON5, PHP and YAML have beside JSON's, in JSON's: without
/// a plus, leading zeros or "0x", with digits on both sides of its point. False where it is none.
/// All digits are kept; of "0x" at most 16 are taken.
bool json5Number(std::string_view spelling, std::string& number);

/// The text between the quotes of a JSON or JSON5 string without its escapes, as UTF-8. False for
/// an escape that is none, and for half a surrogate pair.
bool plainTextOf(std::string_view escaped, std::string& text);

/// Appends a code point as UTF-8; false for a surrogate, and beyond U+10FFFF.
bool appendUtf8(std::string& text, char32_t codePoint);

} // namespace eventloupe
