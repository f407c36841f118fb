#include "ui/time/densitystrip.h"

#include "ui/base/theme.h"

#include <QPainter>
#include <QPalette>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace eventloupe {

namespace {

constexpr double lowestBar = 0.16;

/// Maps rates of many magnitudes to heights from lowestBar to 1.
class HeightScale {
public:
    explicit HeightScale(const QList<Density::Bucket>& buckets)
    {
        for (const auto& bucket : buckets) {
            if (bucket.eventsPerSecond <= 0)
                continue;
            m_least = std::min(m_least, std::log10(bucket.eventsPerSecond));
            m_most = std::max(m_most, std::log10(bucket.eventsPerSecond));
        }
    }

    [[nodiscard]] double heightOf(double eventsPerSecond) const
    {
        if (eventsPerSecond <= 0)
            return lowestBar;
        if (m_most - m_least < 0.01)
            return (1 + lowestBar) / 2;
        const double share = (std::log10(eventsPerSecond) - m_least) / (m_most - m_least);
        return lowestBar + (1 - lowestBar) * share;
    }

private:
    double m_least = std::numeric_limits<double>::max();
    double m_most = std::numeric_limits<double>::lowest();
};

void drawBar(
    QPainter& painter, const QRectF& bar, const Density::Bucket& bucket, const QPalette& palette)
{
    const int whole = std::accumulate(bucket.categories.begin(), bucket.categories.end(), 0,
        [](int sum, const auto& part) { return sum + part.second; });
    if (whole == 0) {
        painter.fillRect(bar, palette.color(QPalette::Mid));
        return;
    }
    double bottom = bar.bottom();
    for (const auto& [category, samples] : bucket.categories) {
        const double height = bar.height() * samples / whole;
        painter.fillRect(QRectF(bar.left(), bottom - height, bar.width(), height),
            categoryColour(category, palette));
        bottom -= height;
    }
}

} // namespace

void drawDensity(QPainter& painter, const QRectF& area, const QList<Density::Bucket>& buckets,
    Position head, const QPalette& palette)
{
    if (head <= 0)
        return;
    const HeightScale scale(buckets);
    const double unit = area.width() / static_cast<double>(head);
    for (const auto& bucket : buckets) {
        const double left = area.left() + static_cast<double>(bucket.first - 1) * unit;
        const double right = area.left() + static_cast<double>(bucket.last) * unit;
        const double gap = right - left > 3 ? 1 : 0;
        const double height = area.height() * scale.heightOf(bucket.eventsPerSecond);
        drawBar(painter,
            QRectF(left, area.bottom() - height, std::max(1.0, right - left - gap), height), bucket,
            palette);
    }
}

} // namespace eventloupe
