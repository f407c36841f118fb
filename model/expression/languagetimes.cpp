#include "expression/languageindex.h"

#include <QtGlobal>

#include <array>

namespace eventloupe {

namespace {

using Kind = LanguageEntry::Kind;

constexpr std::array<LanguageEntry, 12> entries { {
    { Kind::Function, "timestamp", "", "timestamp(text), timestamp(seconds)",
        "google.protobuf.Timestamp",
        QT_TRANSLATE_NOOP("Language", "A moment from RFC 3339, or from seconds since 1970"),
        "timestamp('2026-03-01T15:03:22+01:00')", "\"2026-03-01T14:03:22Z\"" },
    { Kind::Function, "duration", "", "duration(text)", "google.protobuf.Duration",
        QT_TRANSLATE_NOOP("Language", "A length of time from numbers with h, m, s, ms, us and ns"),
        "duration('1h30m')", "\"5400s\"" },
    { Kind::Method, "getFullYear", "timestamp", "time.getFullYear([zone])", "int",
        QT_TRANSLATE_NOOP(
            "Language", "The year; in UTC, or in a zone as 'Europe/Berlin' or '+01:00'"),
        "timestamp('2026-03-01T14:03:22.25Z').getFullYear()", "2026" },
    { Kind::Method, "getMonth", "timestamp", "time.getMonth([zone])", "int",
        QT_TRANSLATE_NOOP("Language", "The month, from 0"),
        "timestamp('2026-03-01T14:03:22.25Z').getMonth()", "2" },
    { Kind::Method, "getDate", "timestamp", "time.getDate([zone])", "int",
        QT_TRANSLATE_NOOP("Language", "The day of the month, from 1"),
        "timestamp('2026-03-01T14:03:22.25Z').getDate()", "1" },
    { Kind::Method, "getDayOfMonth", "timestamp", "time.getDayOfMonth([zone])", "int",
        QT_TRANSLATE_NOOP("Language", "The day of the month, from 0"),
        "timestamp('2026-03-01T14:03:22.25Z').getDayOfMonth()", "0" },
    { Kind::Method, "getDayOfWeek", "timestamp", "time.getDayOfWeek([zone])", "int",
        QT_TRANSLATE_NOOP("Language", "The day of the week, 0 is Sunday"),
        "timestamp('2026-03-01T14:03:22.25Z').getDayOfWeek()", "0" },
    { Kind::Method, "getDayOfYear", "timestamp", "time.getDayOfYear([zone])", "int",
        QT_TRANSLATE_NOOP("Language", "The day of the year, from 0"),
        "timestamp('2026-03-01T14:03:22.25Z').getDayOfYear()", "59" },
    { Kind::Method, "getHours", "timestamp, duration", "time.getHours([zone])", "int",
        QT_TRANSLATE_NOOP("Language", "The hour; of a duration all its hours"),
        "timestamp('2026-03-01T14:03:22.25Z').getHours('Europe/Berlin')", "15" },
    { Kind::Method, "getMinutes", "timestamp, duration", "time.getMinutes([zone])", "int",
        QT_TRANSLATE_NOOP("Language", "The minute; of a duration all its minutes"),
        "duration('90s').getMinutes()", "1" },
    { Kind::Method, "getSeconds", "timestamp, duration", "time.getSeconds([zone])", "int",
        QT_TRANSLATE_NOOP("Language", "The second; of a duration all its seconds"),
        "duration('1m30s').getSeconds()", "90" },
    { Kind::Method, "getMilliseconds", "timestamp, duration", "time.getMilliseconds([zone])", "int",
        QT_TRANSLATE_NOOP("Language", "The milliseconds of its second"),
        "timestamp('2026-03-01T14:03:22.25Z').getMilliseconds()", "250" },
} };

} // namespace

std::span<const LanguageEntry> languageTimes()
{
    return entries;
}

} // namespace eventloupe
