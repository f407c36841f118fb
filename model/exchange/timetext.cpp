#include "exchange/timetext.h"

#include <QDateTime>

#include <charconv>
#include <cmath>
#include <limits>

namespace eventloupe {

namespace {

constexpr qint64 second = 1'000'000;

/// Reads a moment from left to right; a step that does not fit clears `fits`.
struct Cursor {
    std::string_view text;
    bool fits = true;

    [[nodiscard]] char front() const { return text.empty() ? '\0' : text.front(); }
    bool take(char c)
    {
        if (front() != c)
            return false;
        text.remove_prefix(1);
        return true;
    }
    void expect(char c) { fits = take(c) && fits; }
    int digits(std::size_t count)
    {
        int value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (front() < '0' || front() > '9') {
                fits = false;
                return 0;
            }
            value = value * 10 + (front() - '0');
            text.remove_prefix(1);
        }
        return value;
    }
    /// A fraction as microseconds.
    qint64 fraction()
    {
        qint64 value = 0;
        qint64 unit = second / 10;
        fits = fits && front() >= '0' && front() <= '9';
        for (; front() >= '0' && front() <= '9'; unit /= 10) {
            value += (front() - '0') * unit;
            text.remove_prefix(1);
        }
        return value;
    }
};

/// "", "Z", "UTC", "+01", "+0100", "+01:00", with a space before it or not.
qint64 readOffset(Cursor& cursor)
{
    while (cursor.take(' ')) { }
    if (cursor.text.empty() || cursor.text == "Z" || cursor.text == "z" || cursor.text == "UTC") {
        cursor.text = {};
        return 0;
    }
    const qint64 sign = cursor.take('-') ? -1 : 1;
    if (sign > 0)
        cursor.expect('+');
    const int hours = cursor.digits(2);
    int minutes = 0;
    if (!cursor.text.empty()) {
        cursor.take(':');
        minutes = cursor.digits(2);
    }
    cursor.fits = cursor.fits && hours < 24 && minutes < 60;
    return sign * (hours * 3600 + minutes * 60) * second;
}

std::optional<Timestamp> parseCalendar(std::string_view text)
{
    Cursor cursor { text };
    const int year = cursor.digits(4);
    const char separator = cursor.front();
    cursor.fits = cursor.fits && (separator == '-' || separator == '/');
    cursor.expect(separator);
    const int month = cursor.digits(2);
    cursor.expect(separator);
    const QDate date(year, month, cursor.digits(2));
    qint64 time = 0;
    qint64 offset = 0;
    if (cursor.fits && !cursor.text.empty()) {
        cursor.fits = cursor.take('T') || cursor.take('t') || cursor.take(' ');
        const int hour = cursor.digits(2);
        cursor.expect(':');
        const int minute = cursor.digits(2);
        const int whole = cursor.take(':') ? cursor.digits(2) : 0;
        time = (hour * 3600 + minute * 60 + whole) * second;
        cursor.fits = cursor.fits && hour < 24 && minute < 60 && whole < 60;
        if (cursor.take('.') || cursor.take(','))
            time += cursor.fraction();
        offset = readOffset(cursor);
    }
    if (!cursor.fits || !cursor.text.empty() || !date.isValid() || year < 1)
        return std::nullopt;
    const qint64 days = QDate(1970, 1, 1).daysTo(date);
    return Timestamp { days * 86400 * second + time - offset };
}

/// The magnitude tells the unit; the second of the pair is how many of them are a second.
qint64 unitsPerSecond(double magnitude)
{
    if (magnitude < 1e11)
        return 1;
    if (magnitude < 1e14)
        return 1000;
    return magnitude < 1e17 ? second : 1000 * second;
}

bool isWritable(qint64 microseconds)
{
    constexpr qint64 firstYear = -62135596800 * second;
    constexpr qint64 lastYear = 253402300800 * second;
    return microseconds >= firstYear && microseconds < lastYear;
}

std::optional<Timestamp> parseEpoch(std::string_view text)
{
    double number = 0;
    const char* end = text.data() + text.size();
    const auto asDouble = std::from_chars(text.data(), end, number);
    if (asDouble.ec != std::errc() || asDouble.ptr != end || !std::isfinite(number)
        || std::abs(number) >= 1e19)
        return std::nullopt;
    const qint64 units = unitsPerSecond(std::abs(number));
    qint64 whole = 0;
    const auto asWhole = std::from_chars(text.data(), end, whole);
    qint64 result = 0;
    if (asWhole.ec == std::errc() && asWhole.ptr == end)
        result = units <= second ? whole * (second / units) : whole / (units / second);
    else
        result = std::llround(number * (1e6 / static_cast<double>(units)));
    if (!isWritable(result))
        return std::nullopt;
    return Timestamp { result };
}

std::optional<Timestamp> parseFormat(std::string_view text, const QString& format)
{
    QDateTime moment = QDateTime::fromString(
        QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())), format);
    if (!moment.isValid())
        return std::nullopt;
    // Without a zone in the text the clock's figures are UTC; QDateTime puts "yy" in 19xx.
    if (moment.timeSpec() == Qt::LocalTime)
        moment = QDateTime(moment.date(), moment.time(), Qt::UTC);
    if (!format.contains(QLatin1String("yyyy")) && format.contains(QLatin1String("yy"))
        && moment.date().year() < 1970)
        moment = moment.addYears(100);
    const qint64 result = moment.toMSecsSinceEpoch() * 1000;
    if (!isWritable(result))
        return std::nullopt;
    return Timestamp { result };
}

} // namespace

TimeText::TimeText(QString format)
    : m_format(std::move(format))
{
}

std::optional<Timestamp> TimeText::parse(std::string_view text) const
{
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    if (text.empty())
        return std::nullopt;
    if (!m_format.isEmpty())
        return parseFormat(text, m_format);
    if (text.size() >= 20 && text[4] == '-') {
        if (const Result<Timestamp> standard = Timestamp::fromRfc3339(text))
            return *standard;
    }
    if (text.size() > 4 && (text[4] == '-' || text[4] == '/'))
        return parseCalendar(text);
    return parseEpoch(text);
}

} // namespace eventloupe
