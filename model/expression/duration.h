#pragma once

#include "expression/value.h"

namespace eventloupe {

/// "90s", "1.5s": seconds with up to nine digits, as CEL writes a duration.
[[nodiscard]] QByteArray durationText(Duration duration);
/// "1h30m", "-1.5s", "100ms": numbers with the units h, m, s, ms, us and ns. Nothing when the text
/// is malformed or beyond the range.
[[nodiscard]] std::optional<Duration> parseDuration(std::string_view text);

/// RFC 3339 in UTC with as many digits as it takes: "2009-02-13T23:31:30Z".
[[nodiscard]] QByteArray instantText(Instant instant);
/// RFC 3339 to the nanosecond; nothing when malformed.
[[nodiscard]] std::optional<Instant> parseInstant(std::string_view text);
/// False before the year 0001 and after 9999.
[[nodiscard]] bool isInRange(Instant instant);

} // namespace eventloupe
