#include "ui/plot/plottexts.h"

#include "ui/base/figures.h"
#include "ui/base/plaintext.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <cmath>

namespace eventloupe {

namespace {

struct PlotTexts {
    Q_DECLARE_TR_FUNCTIONS(PlotTexts)
};

} // namespace

QString plotValueText(double value)
{
    constexpr double largestWhole = 1e15;
    if (std::floor(value) == value && std::abs(value) < largestWhole)
        return countText(static_cast<qint64>(value));
    return QString::number(value, 'g', 6);
}

QString plotSeriesName(const PlotSeries& series)
{
    QString field = QString::fromUtf8(series.pointer);
    if (field.startsWith(u'/'))
        field = field.mid(1).replace(u'/', u'.');
    return PlotTexts::tr("%1 of %2").arg(visibleText(field), visibleText(series.name));
}

QString plotPointText(const PlotSeries& series, const PlotPoint& point)
{
    QStringList places;
    if (point.version > 0)
        places.append(PlotTexts::tr("version %1").arg(countText(point.version)));
    places.append(positionText(point.position));
    if (point.time.microseconds != 0)
        places.append(QDateTime::fromMSecsSinceEpoch(point.time.microseconds / 1000)
                          .toString(QStringLiteral("yyyy-MM-dd hh:mm:ss")));
    return PlotTexts::tr("%1: %2 at %3")
        .arg(plotSeriesName(series), plotValueText(point.value), places.join(QStringLiteral(", ")));
}

QString plotSeriesText(const PlotSeries& series)
{
    if (!series.fault.isEmpty())
        return visibleText(series.fault);
    const auto isLess
        = [](const PlotPoint& left, const PlotPoint& right) { return left.value < right.value; };
    std::vector<PlotPoint> numbers;
    std::copy_if(series.points.begin(), series.points.end(), std::back_inserter(numbers),
        [](const PlotPoint& point) { return std::isfinite(point.value); });
    if (numbers.empty())
        return PlotTexts::tr("%1: no numbers").arg(plotSeriesName(series));
    const auto [least, greatest] = std::minmax_element(numbers.begin(), numbers.end(), isLess);
    return PlotTexts::tr("%1: %2 values from %3 to %4, the last %5")
        .arg(plotSeriesName(series), countText(series.all), plotValueText(least->value),
            plotValueText(greatest->value), plotValueText(numbers.back().value));
}

} // namespace eventloupe
