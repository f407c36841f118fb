#include "ui/time/densitystrip.h"

#include "ui/base/theme.h"

#include <QPainter>
#include <QPalette>

#include <algorithm>
#include <cmath>
#include <limits>

namespace eventloupe {

namespace {

constexpr double lowestBar = 0.16;

/// Maps rates of many magnitudes to heights from lowestBar to 1. Less than one magnitude is shown
/// as a part of one: small differences are small.
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
        m_least = std::min(m_least, m_most - 1);
    }

    [[nodiscard]] double heightOf(double eventsPerSecond) const
    {
        if (eventsPerSecond <= 0)
            return lowestBar;
        const double share = (std::log10(eventsPerSecond) - m_least) / (m_most - m_least);
        return lowestBar + (1 - lowestBar) * share;
    }

private:
    double m_least = std::numeric_limits<double>::max();
    double m_most = std::numeric_limits<double>::lowest();
};

/// The colours of categories, and where each stands in a bar.
class Layers {
public:
    Layers(const QStringList& mostFirst, const QPalette& palette)
        : m_rest(otherCategoriesColour(palette))
    {
        for (const QString& category : mostFirst) {
            if (!hasOwnColour(category))
                continue;
            m_numbers.insert(category, m_colours.size());
            m_colours.append(categoryColour(category, palette));
        }
    }

    /// Shares of a bar, from the bottom.
    [[nodiscard]] QList<std::pair<QColor, double>> of(const Density::Bucket& bucket) const
    {
        QList<double> samples(m_colours.size() + 1, 0);
        double whole = 0;
        for (const auto& [category, number] : bucket.categories) {
            samples[m_numbers.value(category, m_colours.size())] += number;
            whole += number;
        }
        QList<std::pair<QColor, double>> shares;
        for (qsizetype i = 0; i < samples.size(); ++i) {
            if (samples.at(i) > 0)
                shares.append({ m_colours.value(i, m_rest), samples.at(i) / whole });
        }
        return shares;
    }

private:
    QColor m_rest;
    QList<QColor> m_colours;
    QHash<QString, qsizetype> m_numbers;
};

} // namespace

void drawDensity(QPainter& painter, const QRectF& area, const Density& density, Position head,
    const QPalette& palette)
{
    if (head <= 0)
        return;
    const HeightScale scale(density.buckets());
    const Layers layers(density.categories(), palette);
    const double unit = area.width() / static_cast<double>(head);
    for (const auto& bucket : density.buckets()) {
        const double left = area.left() + static_cast<double>(bucket.first - 1) * unit;
        const double right = area.left() + static_cast<double>(bucket.last) * unit;
        const double width = std::max(1.0, right - left - (right - left > 3 ? 1 : 0));
        const double height = area.height() * scale.heightOf(bucket.eventsPerSecond);
        auto shares = layers.of(bucket);
        if (shares.isEmpty())
            shares = { { palette.color(QPalette::Mid), 1.0 } };
        double bottom = area.bottom();
        for (const auto& [colour, share] : shares) {
            painter.fillRect(QRectF(left, bottom - height * share, width, height * share), colour);
            bottom -= height * share;
        }
    }
}

} // namespace eventloupe
