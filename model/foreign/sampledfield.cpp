#include "foreign/foreigntime.h"
#include "foreign/mappingsample.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace eventloupe {

namespace {

constexpr std::size_t fewRows = 4; ///< Of which nothing follows.

QByteArray keyOf(const JsonValue& value)
{
    return value.toJson();
}

/// How many of the values that are there fit, of a hundred.
template <class Fits> int shareOf(const std::vector<JsonValue>& values, Fits fits)
{
    int there = 0;
    int fitting = 0;
    for (const JsonValue& value : values) {
        if (value.isNull())
            continue;
        ++there;
        fitting += fits(value) ? 1 : 0;
    }
    return there > 0 ? fitting * 100 / there : 0;
}

bool matches(const QRegularExpression& expression, const JsonValue& value)
{
    constexpr qsizetype longest = 200;
    return value.isString() && value.toUtf8().size() <= longest
        && expression.match(value.toString()).hasMatch();
}

/// By what is near to the years that programs live in.
TimeUnit unitOf(double number)
{
    if (number > 1e17)
        return TimeUnit::Ticks;
    if (number > 1e14)
        return TimeUnit::Microseconds;
    return number > 1e11 ? TimeUnit::Milliseconds : TimeUnit::Seconds;
}

bool isOurYears(Timestamp time)
{
    constexpr qint64 from = 946'684'800'000'000; // 2000
    constexpr qint64 to = 2'524'608'000'000'000; // 2050
    return time.microseconds >= from && time.microseconds < to;
}

} // namespace

bool SampledField::isWhole() const
{
    return !values.empty() && std::ranges::all_of(values, &JsonValue::isInteger);
}

std::size_t SampledField::distinct() const
{
    QSet<QByteArray> seen;
    for (const JsonValue& value : values)
        seen.insert(keyOf(value));
    return static_cast<std::size_t>(seen.size());
}

bool SampledField::isUnique() const
{
    return !values.empty() && distinct() == values.size();
}

bool SampledField::isThere() const
{
    const auto there
        = std::ranges::count_if(values, [](const JsonValue& value) { return !value.isNull(); });
    return there > 0 && static_cast<std::size_t>(there) * 10 >= values.size() * 9;
}

std::optional<TimeUnit> SampledField::timeUnit() const
{
    TimeUnit unit = TimeUnit::Text;
    for (const JsonValue& value : values) {
        if (value.isString() && !foreignTime(value.toView(), TimeUnit::Text))
            return std::nullopt;
        if (value.isNumber())
            unit = unitOf(value.toDouble());
    }
    return unit;
}

std::optional<TimeUnit> SampledField::evidentTimeUnit() const
{
    // One moment for all is a setting, not when things happened.
    if (!isThere() || (values.size() >= fewRows && distinct() == 1))
        return std::nullopt;
    std::optional<TimeUnit> unit;
    for (const JsonValue& value : values) {
        if (value.isNull())
            continue;
        const TimeUnit own = value.isNumber() ? unitOf(value.toDouble()) : TimeUnit::Text;
        constexpr std::size_t shortest = 16; // 2026-03-01T14:03
        const auto time = value.isNumber() ? foreignTime(value.toDouble(), own)
            : value.isString() && value.toView().size() >= shortest
            ? foreignTime(value.toView(), own).value_or(Timestamp())
            : Timestamp();
        if (!isOurYears(time) || (unit && *unit != own))
            return std::nullopt;
        unit = own;
    }
    return unit;
}

int SampledField::likenessToTypes() const
{
    // Words as programs write them, perhaps behind a namespace; then those of two words, or past.
    static const QRegularExpression words(QStringLiteral(
        "^([\\w$]+[.:\\\\/]{1,2})*[A-Za-z][A-Za-z0-9]*([_.-][A-Za-z][A-Za-z0-9]*)*$"));
    static const QRegularExpression telling(
        QStringLiteral("[a-z0-9][A-Z]|[A-Za-z0-9][_.][A-Za-z]|ed$|ED$"));
    const std::size_t different = distinct();
    constexpr std::size_t mostTypes = 60;
    if (!isThere() || different > mostTypes
        || (values.size() >= fewRows && different * 2 > values.size()))
        return 0;
    constexpr int nearlyAll = 95;
    if (shareOf(values, [](const JsonValue& value) { return matches(words, value); }) < nearlyAll)
        return 0;
    const int share
        = shareOf(values, [](const JsonValue& value) { return matches(telling, value); });
    constexpr int half = 50;
    return share < half ? 0 : share;
}

int SampledField::likenessToStreams() const
{
    static const QRegularExpression uuid(
        QStringLiteral("^[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}$"));
    static const QRegularExpression named(
        QStringLiteral("^[A-Za-z][\\w. ]*([-:$|/]+[\\w. ]+)*[-:$|/]+\\w*[0-9][\\w-]*$"));
    if (!isThere() || (values.size() >= fewRows && distinct() == values.size()))
        return 0;
    constexpr int nearlyAll = 95;
    if (shareOf(values, [](const JsonValue& v) { return matches(uuid, v); }) >= nearlyAll)
        return 50;
    return shareOf(values, [](const JsonValue& v) { return matches(named, v); }) >= nearlyAll ? 80
                                                                                               : 0;
}

bool SampledField::isIds() const
{
    static const QRegularExpression uuid(
        QStringLiteral("^[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}$"));
    return values.size() >= fewRows && isUnique()
        && std::ranges::all_of(values, [](const JsonValue& v) { return matches(uuid, v); });
}

bool SampledField::countsIn(const SampledField& stream) const
{
    if (!isWhole() || values.size() != stream.values.size())
        return false;
    QHash<QByteArray, qint64> last;
    bool hasGrown = false;
    for (std::size_t row = 0; row < values.size(); ++row) {
        const QByteArray key = keyOf(stream.values[row]);
        const auto before = last.constFind(key);
        if (before != last.constEnd() && values[row].toInt() != *before + 1)
            return false;
        hasGrown = hasGrown || before != last.constEnd();
        last.insert(key, values[row].toInt());
    }
    // A counter over all rows counts up in each stream of one alone.
    return hasGrown && (last.size() == 1 || !isUnique());
}

} // namespace eventloupe
