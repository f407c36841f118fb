#include "expression/duration.h"

#include "value/event.h"

#include <array>
#include <utility>

namespace eventloupe {

namespace {

__extension__ using Wide = __int128;

constexpr qint64 nanosecondsPerSecond = 1'000'000'000;

struct Unit {
    std::string_view name;
    qint64 nanoseconds;
};

/// Longer names first, so that "ms" is not read as "m".
constexpr std::array<Unit, 6> units { {
    { "ns", 1 },
    { "us", 1'000 },
    { "ms", 1'000'000 },
    { "s", nanosecondsPerSecond },
    { "m", 60 * nanosecondsPerSecond },
    { "h", 3600 * nanosecondsPerSecond },
} };

bool isDigit(std::string_view text)
{
    return !text.empty() && text.front() >= '0' && text.front() <= '9';
}

/// ".5" and the like without trailing zeros; "" for zero.
QByteArray fractionText(qint64 nanoseconds)
{
    if (nanoseconds == 0) {
        return {};
    }
    QByteArray digits = QByteArray::number(nanosecondsPerSecond + nanoseconds).mid(1);
    while (digits.endsWith('0')) {
        digits.chop(1);
    }
    return '.' + digits;
}

/// One number with its unit, off the front of the text.
std::optional<qint64> readPart(std::string_view& text)
{
    Wide whole = 0;
    Wide fraction = 0;
    Wide scale = 1;
    bool digits = false;
    constexpr Wide limit = static_cast<Wide>(1) << 63;
    for (; isDigit(text); text.remove_prefix(1), digits = true) {
        whole = std::min(whole * 10 + (text.front() - '0'), limit);
    }
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        for (; isDigit(text); text.remove_prefix(1), digits = true) {
            if (scale < nanosecondsPerSecond * 3600) {
                fraction = fraction * 10 + (text.front() - '0');
                scale *= 10;
            }
        }
    }
    for (const Unit& unit : units) {
        if (digits && text.starts_with(unit.name)) {
            text.remove_prefix(unit.name.size());
            const auto total = whole * unit.nanoseconds + fraction * unit.nanoseconds / scale;
            return total < limit ? std::optional(static_cast<qint64>(total)) : std::nullopt;
        }
    }
    return std::nullopt;
}

} // namespace

QByteArray durationText(Duration duration)
{
    const bool negative = duration.nanoseconds < 0;
    const auto size = negative ? 0 - static_cast<quint64>(duration.nanoseconds)
                               : static_cast<quint64>(duration.nanoseconds);
    const auto seconds = QByteArray::number(size / nanosecondsPerSecond);
    return (negative ? "-" : "") + seconds
        + fractionText(static_cast<qint64>(size % nanosecondsPerSecond)) + 's';
}

std::optional<Duration> parseDuration(std::string_view text)
{
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) {
        text.remove_prefix(1);
    }
    if (text == "0") {
        return Duration {};
    }
    qint64 total = 0;
    do {
        const auto part = readPart(text);
        if (!part || __builtin_add_overflow(total, *part, &total)) {
            return std::nullopt;
        }
    } while (!text.empty());
    return Duration { negative ? -total : total };
}

QByteArray instantText(Instant instant)
{
    const auto seconds = Timestamp { instant.seconds * 1'000'000 }.toRfc3339();
    return seconds.left(seconds.indexOf('.')) + fractionText(instant.nanoseconds) + 'Z';
}

std::optional<Instant> parseInstant(std::string_view text)
{
    const auto time = Timestamp::fromRfc3339(text);
    if (!time) {
        return std::nullopt;
    }
    Instant instant = std::get<Instant>(Value::fromTimestamp(*time).content());
    if (const auto point = text.find('.'); point != std::string_view::npos) {
        auto rest = text.substr(std::min(point + 7, text.size()));
        for (qint32 unit = 100; unit > 0 && isDigit(rest); unit /= 10, rest.remove_prefix(1)) {
            instant.nanoseconds += unit * (rest.front() - '0');
        }
    }
    return instant;
}

bool isInRange(Instant instant)
{
    constexpr qint64 first = -62'135'596'800;
    constexpr qint64 beyond = 253'402'300'800;
    return instant.seconds >= first && instant.seconds < beyond;
}

} // namespace eventloupe
