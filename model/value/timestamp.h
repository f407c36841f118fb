#pragma once

#include "value/result.h"

#include <QByteArray>
#include <QString>

#include <array>
#include <compare>
#include <string_view>

namespace eventloupe {

/// A moment in UTC, in microseconds since 1970-01-01T00:00:00Z.
/// Years 0001 to 9999 can be written as RFC 3339; parsing refuses others.
struct Timestamp {
    qint64 microseconds = 0;

    /// The present moment of the system clock.
    static Timestamp now();
    /// Parses RFC 3339 (any offset, up to nine digits of a second; more than six are cut).
    /// "24:00" and trailing text are refused; a leap second (":60") is the next second.
    static Result<Timestamp> fromRfc3339(std::string_view text);

    /// RFC 3339 in UTC with exactly six digits: "2026-03-01T14:03:22.000001Z".
    [[nodiscard]] QByteArray toRfc3339() const;
    /// Local time for people: "2026-03-01 14:03:22.000001" (microseconds dropped when zero).
    [[nodiscard]] QString toLocalText() const;

    friend auto operator<=>(Timestamp, Timestamp) = default;
};

/// Spells times as toRfc3339() does, many of them quickly: times that follow each other mostly
/// share their second or their day, whose spelling is kept. No allocation. Not thread-safe.
class TimestampSpeller {
public:
    /// The spelling; good until the next call.
    std::string_view operator()(Timestamp time);

private:
    void spellDay(qint64 number);

    std::array<char, 64> m_text {}; ///< A year beyond 9999 takes more than the usual 27.
    std::size_t m_dayLength = 0; ///< Of "2026-03-01T"; 0 before the first call.
    qint64 m_day = 0;
    qint64 m_second = 0; ///< Since the epoch.
};

} // namespace eventloupe
