#include "value/timestamp.h"

#include <QCoreApplication>
#include <QDateTime>

#include <array>
#include <chrono>
#include <cstdio>
#include <optional>

namespace eventloupe {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr qint64 second = 1'000'000;
constexpr qint64 minute = 60 * second;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

constexpr qint64 startOf(int year)
{
    const auto date = std::chrono::year(year) / std::chrono::January / 1;
    return sys_days(date).time_since_epoch().count() * day;
}

Error refused(std::string_view text, const char* reason)
{
    constexpr qsizetype shownCharacters = 40;
    const auto shown = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    return { ErrorCode::InvalidInput,
        QCoreApplication::translate(
            "Timestamp", "'%1' is not a time as in 2026-03-01T14:03:22Z: %2")
            .arg(shown.left(shownCharacters), QCoreApplication::translate("Timestamp", reason)) };
}

/// Reads the fixed places of RFC 3339 one after another.
class Reader {
public:
    explicit Reader(std::string_view text)
        : m_rest(text)
    {
    }

    /// `width` digits, or -1.
    int number(std::size_t width)
    {
        if (m_rest.size() < width) {
            return -1;
        }
        int value = 0;
        for (const char c : m_rest.substr(0, width)) {
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        m_rest.remove_prefix(width);
        return value;
    }

    bool skip(char c, char other = '\0')
    {
        if (m_rest.empty() || (m_rest.front() != c && (other == '\0' || m_rest.front() != other))) {
            return false;
        }
        m_rest.remove_prefix(1);
        return true;
    }

    /// ".5" and the like as microseconds; -1 when malformed, 0 when there is none.
    qint64 fraction()
    {
        constexpr int mostDigits = 9;
        if (!skip('.')) {
            return 0;
        }
        qint64 value = 0;
        int digits = 0;
        for (int digit = number(1); digit >= 0; digit = number(1)) {
            value += digits < 6 ? digit * powersOfTen[static_cast<std::size_t>(5 - digits)] : 0;
            ++digits;
        }
        return digits >= 1 && digits <= mostDigits ? value : -1;
    }

    /// "Z" or "+hh:mm" in microseconds, or nothing.
    std::optional<qint64> offset()
    {
        if (skip('Z', 'z')) {
            return 0;
        }
        const bool west = skip('-');
        if (!west && !skip('+')) {
            return std::nullopt;
        }
        const int hours = number(2);
        const bool colon = skip(':');
        const int minutes = number(2);
        if (hours < 0 || hours > 23 || !colon || minutes < 0 || minutes > 59) {
            return std::nullopt;
        }
        const qint64 size = hours * hour + minutes * minute;
        return west ? -size : size;
    }

    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }

private:
    static constexpr std::array<int, 6> powersOfTen { 1, 10, 100, 1'000, 10'000, 100'000 };
    std::string_view m_rest;
};

struct ClockTime {
    qint64 ofDay = 0;
    bool leapSecond = false;
};

/// Microseconds since the epoch at the start of a date, or nothing.
std::optional<qint64> readDate(Reader& reader)
{
    const int year = reader.number(4);
    const bool firstDash = reader.skip('-');
    const int month = reader.number(2);
    const bool secondDash = reader.skip('-');
    const int dayOfMonth = reader.number(2);
    if (!firstDash || !secondDash || year < 1 || month < 1 || dayOfMonth < 1) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date(std::chrono::year { year },
        std::chrono::month { static_cast<unsigned>(month) },
        std::chrono::day { static_cast<unsigned>(dayOfMonth) });
    if (!date.ok()) {
        return std::nullopt;
    }
    return sys_days(date).time_since_epoch().count() * day;
}

std::optional<ClockTime> readClock(Reader& reader)
{
    const int hours = reader.number(2);
    const bool firstColon = reader.skip(':');
    const int minutes = reader.number(2);
    const bool secondColon = reader.skip(':');
    const int seconds = reader.number(2);
    const qint64 fraction = reader.fraction();
    if (!firstColon || !secondColon || hours < 0 || hours > 23 || minutes < 0 || minutes > 59
        || seconds < 0 || seconds > 60 || fraction < 0) {
        return std::nullopt;
    }
    return ClockTime { hours * hour + minutes * minute + seconds * second + fraction,
        seconds == 60 };
}

/// `value` as so many digits, zeros in front.
template <std::size_t width> void spell(char* out, qint64 value)
{
    for (std::size_t place = width; place > 0; --place) {
        out[place - 1] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
}

/// Rounds down, before the epoch too.
constexpr qint64 wholes(qint64 value, qint64 of)
{
    return value / of - (value % of < 0 ? 1 : 0);
}

constexpr qint64 restOf(qint64 value, qint64 of)
{
    return (value % of + of) % of;
}

} // namespace

Timestamp Timestamp::now()
{
    using std::chrono::microseconds;
    const auto time = std::chrono::system_clock::now().time_since_epoch();
    return { std::chrono::floor<microseconds>(time).count() };
}

Result<Timestamp> Timestamp::fromRfc3339(std::string_view text)
{
    Reader reader(text);
    const auto date = readDate(reader);
    if (!date) {
        return refused(text, QT_TRANSLATE_NOOP("Timestamp", "there is no such date"));
    }
    if (!reader.skip('T', 't')) {
        return refused(text, QT_TRANSLATE_NOOP("Timestamp", "a 'T' is expected after the date"));
    }
    const auto clock = readClock(reader);
    if (!clock) {
        return refused(text, QT_TRANSLATE_NOOP("Timestamp", "there is no such time of day"));
    }
    const auto offset = reader.offset();
    if (!offset) {
        return refused(text,
            QT_TRANSLATE_NOOP("Timestamp", "an offset is expected, 'Z' or one like '+02:00'"));
    }
    if (!reader.atEnd()) {
        return refused(text, QT_TRANSLATE_NOOP("Timestamp", "more text follows"));
    }
    const Timestamp time { *date + clock->ofDay - *offset };
    // RFC 3339, 5.7: a leap second stands at the end of a day in UTC.
    if (clock->leapSecond && (time.microseconds % day + day) % day >= second) {
        return refused(text, QT_TRANSLATE_NOOP("Timestamp", "no leap second can stand here"));
    }
    if (time.microseconds < startOf(1) || time.microseconds >= startOf(10'000)) {
        return refused(text, QT_TRANSLATE_NOOP("Timestamp", "beyond the years 0001 to 9999"));
    }
    return time;
}

QByteArray Timestamp::toRfc3339() const
{
    TimestampSpeller speller; // The text is its.
    const auto text = speller(*this);
    return { text.data(), static_cast<qsizetype>(text.size()) };
}

QString Timestamp::toLocalText() const
{
    const qint64 milliseconds
        = std::chrono::floor<std::chrono::milliseconds>(std::chrono::microseconds(microseconds))
              .count();
    const auto text = QDateTime::fromMSecsSinceEpoch(milliseconds)
                          .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    const qint64 fraction = (microseconds % second + second) % second;
    return fraction == 0 ? text
                         : text + QStringLiteral(".%1").arg(fraction, 6, 10, QLatin1Char('0'));
}

std::string_view TimestampSpeller::operator()(Timestamp time)
{
    constexpr std::size_t clockLength = 16; // "14:03:22.000001Z"
    const qint64 seconds = wholes(time.microseconds, second);
    if (m_dayLength == 0 || seconds != m_second) {
        const qint64 today = wholes(time.microseconds, day);
        if (m_dayLength == 0 || today != m_day)
            spellDay(today);
        const qint64 ofDay = restOf(time.microseconds, day);
        char* const clock = m_text.data() + m_dayLength;
        spell<2>(clock, ofDay / hour);
        clock[2] = ':';
        spell<2>(clock + 3, ofDay % hour / minute);
        clock[5] = ':';
        spell<2>(clock + 6, ofDay % minute / second);
        clock[8] = '.';
        clock[15] = 'Z';
        m_second = seconds;
    }
    spell<6>(m_text.data() + m_dayLength + 9, restOf(time.microseconds, second));
    return { m_text.data(), m_dayLength + clockLength };
}

void TimestampSpeller::spellDay(qint64 number)
{
    const std::chrono::year_month_day date { sys_days { days { number } } };
    // The year takes four places in all that are parsed; what else a store holds is spelt too.
    m_dayLength = static_cast<std::size_t>(std::snprintf(m_text.data(), m_text.size(),
        "%04d-%02u-%02uT", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day())));
    m_day = number;
}

} // namespace eventloupe
