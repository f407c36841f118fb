#pragma once

namespace eventloupe {

/// The value of a hexadecimal digit, 0 to 15; -1 for any other character.
[[nodiscard]] constexpr int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

} // namespace eventloupe
