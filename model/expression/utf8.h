#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

namespace eventloupe {

/// Places in valid UTF-8, counted in characters (code points) as the language counts them.

inline bool startsCharacter(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
}

inline std::size_t characters(std::string_view text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), startsCharacter));
}

/// Where the character of that number begins; the text's end for the number of characters; nothing
/// beyond.
inline std::optional<std::size_t> byteOf(std::string_view text, std::size_t character)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (startsCharacter(text[i]) && character-- == 0) {
            return i;
        }
    }
    return character == 0 ? std::optional(text.size()) : std::nullopt;
}

/// Bytes of the character that begins at `at`.
inline std::size_t characterSize(std::string_view text, std::size_t at)
{
    std::size_t end = at + 1;
    while (end < text.size() && !startsCharacter(text[end])) {
        ++end;
    }
    return end - at;
}

} // namespace eventloupe
