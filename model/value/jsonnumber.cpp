#include "value/jsonnumber.h"

#include "value/event.h"
#include "value/json.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace eventloupe {

namespace {

/// Whether a number that no double holds is too large, rather than too small: its first digit that
/// counts stands, with the exponent, before the decimal point.
bool isTooLarge(std::string_view token)
{
    const auto exponentAt = token.find_first_of("eE");
    const auto digits = token.substr(0, exponentAt);
    const auto point = std::min(digits.find('.'), digits.size());
    const auto leading = digits.find_first_of("123456789");
    if (leading == std::string_view::npos) {
        return false;
    }
    long long exponent = 0;
    if (exponentAt != std::string_view::npos) {
        auto text = token.substr(exponentAt + 1);
        if (text.starts_with('+')) {
            text.remove_prefix(1);
        }
        if (std::from_chars(text.data(), text.data() + text.size(), exponent).ec != std::errc()) {
            return !text.starts_with('-');
        }
    }
    return static_cast<long long>(point) - static_cast<long long>(leading) + exponent > 0;
}

double toDouble(std::string_view token)
{
    double value = 0;
    if (std::from_chars(token.data(), token.data() + token.size(), value).ec == std::errc()) {
        return value;
    }
    const double size = isTooLarge(token) ? std::numeric_limits<double>::infinity() : 0.0;
    return std::copysign(size, token.front() == '-' ? -1.0 : 1.0);
}

} // namespace

std::optional<JsonValue> parseJsonNumber(std::string_view token)
{
    const char* end = token.data() + token.size();
    if (token.find_first_not_of("0123456789", token.starts_with('-') ? 1 : 0)
            == std::string_view::npos
        && token != "-0") {
        const bool padded = token.size() > 1 && token[0] == '0';
        const bool negativePadded = token.starts_with("-0");
        if (token.empty() || token == "-" || padded || negativePadded) {
            return std::nullopt;
        }
        qint64 small = 0;
        if (std::from_chars(token.data(), end, small).ec == std::errc()) {
            return JsonValue::fromInt(small);
        }
        quint64 large = 0;
        if (token[0] != '-' && std::from_chars(token.data(), end, large).ec == std::errc()) {
            return JsonValue::fromUInt(large);
        }
        return JsonValue::fromDouble(toDouble(token), toBytes(token));
    }
    const bool number = token[0] == '-' || (token[0] >= '0' && token[0] <= '9');
    if (!number || findJsonFault(token)) {
        return std::nullopt;
    }
    return JsonValue::fromDouble(toDouble(token), toBytes(token));
}

} // namespace eventloupe
