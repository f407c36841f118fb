#pragma once

#include "foreign/storeprofile.h"
#include "value/timestamp.h"

#include <optional>
#include <string_view>

namespace eventloupe {

/// A time as databases and libraries spell it: "2026-01-05 08:01:44.123456", with 'T' or a space,
/// with "Z", "+00", "+00:00", "+0000" or no offset, which is UTC; the date alone; or a number of
/// the unit. Nothing where it is none of these.
[[nodiscard]] std::optional<Timestamp> foreignTime(std::string_view text, TimeUnit unit);
/// .NET's ticks are tenths of microseconds since the year 1.
[[nodiscard]] Timestamp foreignTime(double number, TimeUnit unit);
[[nodiscard]] Timestamp foreignTime(qint64 number, TimeUnit unit);

} // namespace eventloupe
