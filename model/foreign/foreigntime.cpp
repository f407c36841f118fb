#include "foreign/foreigntime.h"

#include <array>
#include <charconv>
#include <string>

namespace eventloupe {

namespace {

constexpr qint64 epochInTicks = 621'355'968'000'000'000;
constexpr qint64 farthest = 253'402'300'800'000'000; ///< The year 10000, in microseconds.

qint64 microsecondsOf(TimeUnit unit)
{
    switch (unit) {
    case TimeUnit::Seconds:
        return 1'000'000;
    case TimeUnit::Milliseconds:
        return 1000;
    default:
        return 1;
    }
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// In RFC 3339's spelling, as far as the parts are there.
std::string respelt(std::string_view text)
{
    constexpr std::size_t dateLength = 10;
    constexpr std::size_t minuteLength = 16;
    std::string result(text.substr(0, dateLength));
    if (text.size() <= dateLength)
        return result + "T00:00:00Z";
    std::size_t at = dateLength;
    while (at < text.size() && (text[at] == ' ' || text[at] == 'T' || text[at] == 't'))
        ++at;
    result += 'T';
    const std::size_t clock = at;
    while (at < text.size() && (isDigit(text[at]) || text[at] == ':' || text[at] == '.'))
        ++at;
    result += text.substr(clock, at - clock);
    if (result.size() == minuteLength)
        result += ":00";
    while (at < text.size() && text[at] == ' ')
        ++at;
    std::string_view offset = text.substr(at);
    if (offset.empty() || offset == "Z" || offset == "z" || offset == "UTC")
        return result + 'Z';
    if (offset[0] != '+' && offset[0] != '-')
        return {};
    std::string digits;
    for (const char c : offset.substr(1))
        if (isDigit(c))
            digits += c;
    if (digits.size() == 2)
        digits += "00";
    if (digits.size() < 4)
        return {};
    return result + offset[0] + digits.substr(0, 2) + ':' + digits.substr(2, 2);
}

} // namespace

Timestamp foreignTime(qint64 number, TimeUnit unit)
{
    if (unit == TimeUnit::Ticks)
        return { (number - epochInTicks) / 10 };
    qint64 product = 0;
    if (__builtin_mul_overflow(number, microsecondsOf(unit), &product))
        return {};
    return product > farthest || product < -farthest ? Timestamp {} : Timestamp { product };
}

Timestamp foreignTime(double number, TimeUnit unit)
{
    const double product = unit == TimeUnit::Ticks
        ? (number - static_cast<double>(epochInTicks)) / 10
        : number * static_cast<double>(microsecondsOf(unit));
    if (!(product < static_cast<double>(farthest) && product > -static_cast<double>(farthest)))
        return {};
    return { static_cast<qint64>(product) };
}

std::optional<Timestamp> foreignTime(std::string_view text, TimeUnit unit)
{
    if (unit != TimeUnit::Text) {
        qint64 number = 0;
        const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
        if (parsed.ec == std::errc() && parsed.ptr == text.data() + text.size())
            return foreignTime(number, unit);
        const double real = QByteArray(text.data(), static_cast<qsizetype>(text.size())).toDouble();
        return foreignTime(real, unit);
    }
    const auto parsed = Timestamp::fromRfc3339(respelt(text));
    return parsed ? std::optional(*parsed) : std::nullopt;
}

} // namespace eventloupe
