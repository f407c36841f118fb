#pragma once

#include "value/timestamp.h"

#include <QString>

#include <optional>
#include <string_view>

namespace eventloupe {

/// Reads the times of foreign files: RFC 3339; "YYYY-MM-DD[ HH:MM[:SS[.ffffff]][offset]]", with '/'
/// in place of '-' too; seconds, milliseconds, microseconds or nanoseconds since 1970, told apart
/// by their magnitude (from 1e11 on milliseconds, from 1e14 on microseconds, from 1e17 on
/// nanoseconds). A time without an offset is UTC. Digits past the sixth of a second are cut.
/// Thread-safe.
class TimeText {
public:
    /// `format` is a QDateTime format (UTC) that replaces all of the above; a year in two digits is
    /// of 1970 to 2069. Empty: the above.
    explicit TimeText(QString format);

    /// Nothing when the text is no time.
    [[nodiscard]] std::optional<Timestamp> parse(std::string_view text) const;

private:
    QString m_format;
};

} // namespace eventloupe
