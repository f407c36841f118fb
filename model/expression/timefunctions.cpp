#include "expression/functions.h"
#include "value/event.h"

#include <QTimeZone>

#include <array>
#include <chrono>

namespace eventloupe {

namespace {

using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year_month_day;

constexpr qint64 nanosecondsPerSecond = 1'000'000'000;

/// "+05:30", "-08:00" or "05:30" in seconds, or nothing.
std::optional<qint64> fixedOffset(std::string_view text)
{
    const bool west = text.starts_with('-');
    if (west || text.starts_with('+')) {
        text.remove_prefix(1);
    }
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) {
        return std::nullopt;
    }
    const qint64 hours = (text[0] - '0') * 10 + (text[1] - '0');
    const qint64 minutes = (text[3] - '0') * 10 + (text[4] - '0');
    if (hours > 23 || minutes > 59) {
        return std::nullopt;
    }
    return (west ? -1 : 1) * (hours * 3600 + minutes * 60);
}

/// A fixed offset or a name of the IANA database.
std::optional<qint64> offsetAt(std::string_view zone, Instant instant)
{
    if (zone == "UTC" || zone.empty()) {
        return 0;
    }
    if (const auto fixed = fixedOffset(zone)) {
        return fixed;
    }
    const QTimeZone named(toBytes(zone));
    if (!named.isValid()) {
        return std::nullopt;
    }
    return named.offsetFromUtc(QDateTime::fromSecsSinceEpoch(instant.seconds, Qt::UTC));
}

/// A moment's local date and time of day.
struct Local {
    year_month_day date;
    sys_days day;
    std::chrono::hh_mm_ss<std::chrono::seconds> clock;
    qint32 nanoseconds = 0;
};

using Field = qint64 (*)(const Local&);

qint64 fullYear(const Local& local)
{
    return static_cast<int>(local.date.year());
}
qint64 month(const Local& local)
{
    return static_cast<unsigned>(local.date.month()) - 1;
}
qint64 date(const Local& local)
{
    return static_cast<unsigned>(local.date.day());
}
qint64 dayOfMonth(const Local& local)
{
    return date(local) - 1;
}
qint64 dayOfWeek(const Local& local)
{
    return std::chrono::weekday(local.day).c_encoding();
}
qint64 dayOfYear(const Local& local)
{
    return (local.day - sys_days(local.date.year() / std::chrono::January / 1)).count();
}
qint64 hours(const Local& local)
{
    return local.clock.hours().count();
}
qint64 minutes(const Local& local)
{
    return local.clock.minutes().count();
}
qint64 seconds(const Local& local)
{
    return local.clock.seconds().count();
}
qint64 milliseconds(const Local& local)
{
    return local.nanoseconds / 1'000'000;
}

bool fieldOf(FunctionCall& call, Field field)
{
    const auto* instant = std::get_if<Instant>(&call.at(0).content());
    const bool zoned = call.arguments.size() == 2;
    if (instant == nullptr || (zoned && call.at(1).type() != ValueType::String)) {
        return call.refuse();
    }
    constexpr qint64 zoneBytes = 2000; // Looking up a zone costs about as much as reading these.
    if (zoned && !call.spend(zoneBytes)) {
        return false;
    }
    const auto offset = zoned ? offsetAt(call.at(1).toView(), *instant) : 0;
    if (!offset) {
        return call.fail(FaultCode::BadText, call.at(1));
    }
    const sys_seconds time { std::chrono::seconds(instant->seconds + *offset) };
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const Local local { year_month_day(day), day, std::chrono::hh_mm_ss(time - day),
        instant->nanoseconds };
    return call.give(Value::fromInt(field(local)));
}

template <Field field> bool timeField(FunctionCall& call)
{
    return fieldOf(call, field);
}

/// A duration as a whole number of a unit, else the local time's field.
template <Field field, qint64 unit> bool clockField(FunctionCall& call)
{
    const auto* duration = std::get_if<Duration>(&call.at(0).content());
    if (duration == nullptr || call.arguments.size() > 1) {
        return fieldOf(call, field);
    }
    return call.give(Value::fromInt(duration->nanoseconds / unit));
}

bool getMilliseconds(FunctionCall& call)
{
    const auto* duration = std::get_if<Duration>(&call.at(0).content());
    if (duration == nullptr || call.arguments.size() > 1) {
        return fieldOf(call, milliseconds);
    }
    return call.give(Value::fromInt(duration->nanoseconds % nanosecondsPerSecond / 1'000'000));
}

constexpr std::array<Function, 10> functions { {
    { "getFullYear", true, 1, 2, timeField<fullYear> },
    { "getMonth", true, 1, 2, timeField<month> },
    { "getDate", true, 1, 2, timeField<date> },
    { "getDayOfMonth", true, 1, 2, timeField<dayOfMonth> },
    { "getDayOfWeek", true, 1, 2, timeField<dayOfWeek> },
    { "getDayOfYear", true, 1, 2, timeField<dayOfYear> },
    { "getHours", true, 1, 2, clockField<hours, 3600 * nanosecondsPerSecond> },
    { "getMinutes", true, 1, 2, clockField<minutes, 60 * nanosecondsPerSecond> },
    { "getSeconds", true, 1, 2, clockField<seconds, nanosecondsPerSecond> },
    { "getMilliseconds", true, 1, 2, getMilliseconds },
} };

} // namespace

std::span<const Function> timeFunctions()
{
    return functions;
}

} // namespace eventloupe
