// PlotView: what it draws.

#include "ui/base/figures.h"
#include "ui/base/lineinks.h"
#include "ui/base/theme.h"
#include "ui/plot/plottexts.h"
#include "ui/plot/plotview.h"

#include <QDateTime>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>
#include <QStyleOptionFocusRect>

#include <algorithm>
#include <cmath>

namespace eventloupe {

namespace {

constexpr int gridLines = 4;
constexpr double dot = 2.5;
constexpr std::size_t mostDots = 60; ///< A line with more values is a line alone.

/// A round step: 1, 2 or 5 times a power of ten, for about so many in a range.
double roundStep(double range, int count)
{
    const double rough = range / count;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    const double digit = rough / power;
    return (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10) * power;
}

} // namespace

QString PlotView::axisText(double along) const
{
    if (m_axis != PlotAxis::Times)
        return m_axis == PlotAxis::Positions ? positionText(std::llround(along))
                                             : countText(std::llround(along));
    constexpr double day = 86'400e6;
    return QDateTime::fromMSecsSinceEpoch(std::llround(along / 1000))
        .toString(m_along.high - m_along.low > 2 * day ? QStringLiteral("yyyy-MM-dd")
                                                       : QStringLiteral("hh:mm:ss"));
}

void PlotView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    if (m_isEmpty) {
        painter.setPen(coloursOf(palette()).dimmed);
        painter.drawText(
            rect().adjusted(16, 16, -16, -16), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
    } else {
        drawGrid(painter);
        painter.setRenderHint(QPainter::Antialiasing);
        drawCursor(painter);
        for (std::size_t number = 0; number < m_series.size(); ++number)
            drawSeries(painter, number);
        drawPick(painter);
    }
    if (hasFocus()) {
        QStyleOptionFocusRect option;
        option.initFrom(this);
        option.rect = rect().adjusted(1, 1, -1, -1);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
    }
}

void PlotView::drawGrid(QPainter& painter) const
{
    const QRectF where = area();
    const auto colours = coloursOf(palette());
    const double step = roundStep(m_values.high - m_values.low, gridLines);
    const double text = fontMetrics().height();
    const double first = std::ceil(m_values.low / step) * step;
    const double steps = std::floor((m_values.high + step / 1e6 - first) / step);
    const int lines = steps >= 0 && steps < 1000 ? int(steps) + 1 : 0; // Infinity has no grid.
    for (int line = 0; line < lines; ++line) {
        const double value = first + line * step;
        const double shown = std::abs(value) < step / 1e6 ? 0 : value;
        const double y = std::round(place(m_along.low, shown).y()) + 0.5;
        painter.setPen(colours.line);
        painter.drawLine(QPointF(where.left(), y), QPointF(where.right(), y));
        painter.setPen(colours.dimmed);
        painter.drawText(QRectF(0, y - text / 2, where.left() - 4, text),
            Qt::AlignRight | Qt::AlignVCenter, plotValueText(shown));
    }
    painter.setPen(colours.dimmed);
    const QRectF below(where.left(), where.bottom() + 2, where.width(), text);
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter, axisText(m_along.low));
    painter.drawText(below, Qt::AlignRight | Qt::AlignVCenter, axisText(m_along.high));
}

void PlotView::drawSeries(QPainter& painter, std::size_t number) const
{
    const PlotSeries& series = m_series[number];
    const QColor ink = lineInk(static_cast<int>(number), palette());
    QPainterPath path;
    std::optional<QPointF> last;
    for (const PlotPoint& point : series.points) {
        if (!std::isfinite(point.value)) {
            if (last)
                path.lineTo(place(axisOf(point), m_values.low).x(), last->y());
            last.reset();
            continue;
        }
        const QPointF next = place(axisOf(point), point.value);
        if (last)
            path.lineTo(next.x(), last->y());
        else
            path.moveTo(next);
        path.lineTo(next);
        last = next;
    }
    if (last)
        path.lineTo(std::max(place(endOf(series), m_values.low).x(), last->x()), last->y());
    painter.setPen(QPen(ink, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    if (series.points.size() > mostDots)
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    for (std::size_t point = 0; point < series.points.size(); ++point) {
        if (std::isfinite(series.points[point].value))
            painter.drawEllipse(pointOf({ number, point }), dot, dot);
    }
}

void PlotView::drawCursor(QPainter& painter) const
{
    const double along = axisOfCursor();
    if (!std::isfinite(along) || along < m_along.low || along > m_along.high)
        return;
    const QRectF where = area();
    const double x = std::round(place(along, m_values.low).x()) + 0.5;
    painter.setPen(QPen(coloursOf(palette()).cursor, 1.5));
    painter.drawLine(QPointF(x, where.top()), QPointF(x, where.bottom()));
}

void PlotView::drawPick(QPainter& painter) const
{
    if (!m_picked)
        return;
    painter.setPen(QPen(palette().color(QPalette::Text), 1.5));
    painter.setBrush(lineInk(static_cast<int>(m_picked->series), palette()));
    painter.drawEllipse(pointOf(*m_picked), dot * 2, dot * 2);
}

} // namespace eventloupe
