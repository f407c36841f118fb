#include "ui/plot/sparklinedelegate.h"

#include "plot/plotseries.h"
#include "ui/base/lineinks.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace eventloupe {

namespace {

constexpr double widest = 64;
constexpr double narrowest = 24;
constexpr int gap = 10;

void drawLine(QPainter& painter, const QRectF& area, const PlotSeries& series, const QColor& ink)
{
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const PlotPoint& point : series.points) {
        if (std::isfinite(point.value)) {
            low = std::min(low, point.value);
            high = std::max(high, point.value);
        }
    }
    const double range = high > low ? high - low : 1;
    const auto first = static_cast<double>(series.points.front().version);
    const double length = std::max(static_cast<double>(series.version) - first, 1.0);
    QPainterPath path;
    bool isDrawing = false;
    double y = 0;
    for (const PlotPoint& point : series.points) {
        const double x
            = area.left() + (static_cast<double>(point.version) - first) / length * area.width();
        if (isDrawing)
            path.lineTo(x, y);
        isDrawing = std::isfinite(point.value);
        if (!isDrawing)
            continue;
        const double next = area.bottom() - (point.value - low) / range * area.height();
        if (path.elementCount() == 0 || path.currentPosition().x() != x)
            path.moveTo(x, next);
        else
            path.lineTo(x, next);
        y = next;
    }
    if (isDrawing)
        path.lineTo(area.right(), y);
    painter.setPen(QPen(ink, 1.2));
    painter.drawPath(path);
}

} // namespace

SparklineDelegate::SparklineDelegate(LineOf lineOf, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_lineOf(std::move(lineOf))
{
}

void SparklineDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    const PlotSeries* line = m_lineOf(index);
    // A line of one value says nothing.
    if (line == nullptr || line->points.size() < 2)
        return;
    const int text = option.fontMetrics.horizontalAdvance(index.data().toString()) + gap;
    const double room = std::min<double>(widest, option.rect.width() - text - gap / 2.0);
    if (room < narrowest)
        return;
    const QRectF area(
        option.rect.right() - room - 2, option.rect.top() + 4, room, option.rect.height() - 8);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    drawLine(*painter, area, *line,
        isSelected ? option.palette.color(QPalette::HighlightedText) : lineInk(0, option.palette));
    painter->restore();
}

} // namespace eventloupe
