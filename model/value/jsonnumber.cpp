#include "value/jsonnumber.h"

#include "value/event.h"
#include "value/jsonscan.h"

#include <algorithm>
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
    // Not as a sum, which may go beyond what an exponent can be.
    return exponent > static_cast<long long>(leading) - static_cast<long long>(point);
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

std::optional<JsonNumber> readJsonNumber(std::string_view token)
{
    bool isInteger = false;
    const char* end = token.data() + token.size();
    if (skipJsonNumber(token.data(), end, isInteger) != end || token.empty()) {
        return std::nullopt;
    }
    if (isInteger && token != "-0") {
        qint64 small = 0;
        if (std::from_chars(token.data(), end, small).ec == std::errc()) {
            return JsonNumber(small);
        }
        quint64 large = 0;
        if (token[0] != '-' && std::from_chars(token.data(), end, large).ec == std::errc()) {
            return JsonNumber(large);
        }
    }
    return JsonNumber(toDouble(token));
}

std::optional<JsonValue> parseJsonNumber(std::string_view token)
{
    const auto number = readJsonNumber(token);
    if (!number) {
        return std::nullopt;
    }
    if (const auto* small = std::get_if<qint64>(&*number)) {
        return JsonValue::fromInt(*small);
    }
    if (const auto* large = std::get_if<quint64>(&*number)) {
        return JsonValue::fromUInt(*large);
    }
    return JsonValue::fromDouble(std::get<double>(*number), toBytes(token));
}

} // namespace eventloupe
