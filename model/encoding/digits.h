#pragma once

#include "encoding/jsonsink.h"

#include <string>

namespace eventloupe {

/// The decimal digits of a natural number, most significant byte first; "0" of none. Quadratic.
[[nodiscard]] std::string digitsOf(std::string_view bigEndian);
/// Of the number that is one more.
[[nodiscard]] std::string digitsOfNext(std::string_view bigEndian);

/// digits * 10^exponent as a JSON number with all its digits: without an exponent where that adds
/// no more than 40 zeros.
[[nodiscard]] std::string decimalText(bool negative, std::string_view digits, qint64 exponent);

/// Writes an integer of any size, most significant byte first, as a number; one of more than 1 KiB,
/// and those behind very many large ones, in the shape of bytes with a loss, since turning them
/// into digits takes quadratic time. Of CBOR the negative ones count from -1: `isFromMinusOne`.
void writeInteger(
    JsonSink& sink, bool negative, std::string_view bigEndian, bool isFromMinusOne = false);

/// Seconds since 1970 and nanoseconds after them in RFC 3339, with 0, 3, 6 or 9 digits of a second;
/// "" outside of the years 1 to 9999.
[[nodiscard]] std::string timeText(qint64 seconds, quint32 nanoseconds);

} // namespace eventloupe
