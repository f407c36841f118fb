#include "encoding/json5text.h"

#include "value/jsonscan.h"

#include <charconv>

namespace eventloupe {

namespace {

bool hexNumber(std::string_view digits, std::string& number)
{
    quint64 value = 0;
    const char* const end = digits.data() + digits.size();
    const auto [at, error] = std::from_chars(digits.data(), end, value, 16);
    if (digits.empty() || at != end || error != std::errc())
        return false;
    number += std::to_string(value);
    return true;
}

/// Takes `count` hexadecimal digits.
bool takeHex(std::string_view& rest, std::size_t count, char32_t& unit)
{
    if (rest.size() < count)
        return false;
    quint32 value = 0;
    const char* const end = rest.data() + count;
    const auto [at, error] = std::from_chars(rest.data(), end, value, 16);
    if (at != end || error != std::errc())
        return false;
    unit = value;
    rest.remove_prefix(count);
    return true;
}

/// What stands behind "\u".
bool takeUnicode(std::string_view& rest, std::string& text)
{
    constexpr std::size_t digits = 4;
    char32_t unit = 0;
    if (!takeHex(rest, digits, unit))
        return false;
    if (unit >= 0xd800 && unit < 0xdc00) {
        char32_t low = 0;
        if (!rest.starts_with("\\u"))
            return false;
        rest.remove_prefix(2);
        if (!takeHex(rest, digits, low) || low < 0xdc00 || low > 0xdfff)
            return false;
        unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }
    return appendUtf8(text, unit);
}

/// What stands behind a backslash.
bool takeEscape(std::string_view& rest, std::string& text)
{
    constexpr std::string_view names = "bfnrtv0";
    constexpr std::string_view values("\b\f\n\r\t\v\0", 7);
    constexpr std::string_view lineSeparators[]
        = { "\xe2\x80\xa8", "\xe2\x80\xa9", "\r\n", "\n", "\r" };
    if (rest.empty())
        return false;
    for (const auto separator : lineSeparators) {
        if (rest.starts_with(separator)) { // The string goes on in the next line.
            rest.remove_prefix(separator.size());
            return true;
        }
    }
    const char c = rest.front();
    rest.remove_prefix(1);
    if (c == 'u')
        return takeUnicode(rest, text);
    if (c == 'x') {
        char32_t unit = 0;
        return takeHex(rest, 2, unit) && appendUtf8(text, unit);
    }
    if (const auto at = names.find(c); at != std::string_view::npos)
        text += values[at];
    else
        text += c;
    return true;
}

} // namespace

bool json5Number(std::string_view spelling, std::string& number)
{
    number.clear();
    if (spelling.starts_with('-'))
        number = '-';
    if (spelling.starts_with('-') || spelling.starts_with('+'))
        spelling.remove_prefix(1);
    if (spelling.starts_with("0x") || spelling.starts_with("0X"))
        return hexNumber(spelling.substr(2), number);
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const auto digits = [&] {
        std::size_t count = 0;
        while (count < spelling.size() && isDigit(spelling[count]))
            ++count;
        const auto part = spelling.substr(0, count);
        spelling.remove_prefix(count);
        return part;
    };
    auto whole = digits();
    const bool hasWhole = !whole.empty();
    while (whole.size() > 1 && whole.front() == '0')
        whole.remove_prefix(1);
    number += hasWhole ? whole : "0";
    bool hasFraction = false;
    if (spelling.starts_with('.')) {
        spelling.remove_prefix(1);
        const auto fraction = digits();
        hasFraction = !fraction.empty();
        number += '.';
        number += hasFraction ? fraction : "0";
    }
    if (!hasWhole && !hasFraction)
        return false;
    if (spelling.starts_with('e') || spelling.starts_with('E')) {
        number += spelling;
        bool isInteger = false;
        const char* const end = number.data() + number.size();
        return skipJsonNumber(number.data(), end, isInteger) == end;
    }
    return spelling.empty();
}

bool plainTextOf(std::string_view escaped, std::string& text)
{
    text.clear();
    while (!escaped.empty()) {
        const auto plain = std::min(escaped.find('\\'), escaped.size());
        text += escaped.substr(0, plain);
        escaped.remove_prefix(plain);
        if (escaped.empty())
            return true;
        escaped.remove_prefix(1);
        if (!takeEscape(escaped, text))
            return false;
    }
    return true;
}

bool appendUtf8(std::string& text, char32_t codePoint)
{
    const auto put = [&](char32_t bits) { text += static_cast<char>(bits); };
    const auto putLow = [&](int shift) { put(0x80 | ((codePoint >> shift) & 0x3f)); };
    if (codePoint < 0x80) {
        put(codePoint);
    } else if (codePoint < 0x800) {
        put(0xc0 | (codePoint >> 6));
        putLow(0);
    } else if (codePoint < 0x10000) {
        if (codePoint >= 0xd800 && codePoint <= 0xdfff)
            return false;
        put(0xe0 | (codePoint >> 12));
        putLow(6);
        putLow(0);
    } else {
        if (codePoint > 0x10ffff)
            return false;
        put(0xf0 | (codePoint >> 18));
        putLow(12);
        putLow(6);
        putLow(0);
    }
    return true;
}

} // namespace eventloupe
