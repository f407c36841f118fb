#include "ui/plot/plotview.h"

#include "ui/base/figures.h"
#include "ui/base/lineinks.h"
#include "ui/base/plaintext.h"
#include "ui/base/theme.h"
#include "ui/plot/plottexts.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>

namespace eventloupe {

namespace {

constexpr double margin = 8;
constexpr double nearPixels = 24; ///< A value that is farther from the mouse is not meant.

} // namespace

PlotView::PlotView(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("plotView"));
    setAccessibleName(tr("Plot"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void PlotView::setSeries(const std::vector<PlotSeries>& series)
{
    m_series = series;
    const bool isKept = m_picked && m_picked->series < series.size()
        && m_picked->point < series[m_picked->series].points.size();
    if (!isKept)
        pick(std::nullopt);
    measure();
    describe();
    update();
}

void PlotView::setAxis(PlotAxis axis)
{
    m_axis = axis;
    measure();
    describe();
    update();
}

void PlotView::setCursor(qint64 position, const std::optional<Event>& event)
{
    m_cursor = position;
    m_cursorEvent = event;
    update();
}

void PlotView::setEmptyText(const QString& text)
{
    m_emptyText = text;
    describe();
    update();
}

double PlotView::axisOf(const PlotPoint& point) const
{
    switch (m_axis) {
    case PlotAxis::Versions:
        return static_cast<double>(point.version > 0 ? point.version : point.position);
    case PlotAxis::Positions:
        return static_cast<double>(point.position);
    case PlotAxis::Times:
        break;
    }
    return static_cast<double>(point.time.microseconds);
}

/// How far a line is known.
double PlotView::endOf(const PlotSeries& series) const
{
    return axisOf({ series.position, series.version, series.time, 0 });
}

/// Over versions the cursor stands at its event's, where a line is of that stream, else at the last
/// value of the first line that it has passed.
double PlotView::axisOfCursor() const
{
    if (m_axis == PlotAxis::Positions)
        return static_cast<double>(m_cursor);
    if (m_axis == PlotAxis::Times)
        return m_cursorEvent ? static_cast<double>(m_cursorEvent->time.microseconds) : std::nan("");
    double version = std::nan("");
    for (const PlotSeries& series : m_series) {
        if (m_cursorEvent && series.version > 0 && series.name == m_cursorEvent->stream)
            return static_cast<double>(m_cursorEvent->version);
    }
    for (const PlotSeries& series : m_series) {
        const auto after = std::upper_bound(series.points.begin(), series.points.end(), m_cursor,
            [](qint64 position, const PlotPoint& point) { return position < point.position; });
        if (series.version == 0 || after == series.points.begin())
            continue;
        const bool isPast = m_cursor >= series.position;
        version = isPast ? static_cast<double>(series.version)
                         : static_cast<double>(std::prev(after)->version);
        break;
    }
    return version;
}

void PlotView::measure()
{
    constexpr double most = std::numeric_limits<double>::infinity();
    m_along = { most, -most };
    m_values = { most, -most };
    for (const PlotSeries& series : m_series) {
        for (const PlotPoint& point : series.points) {
            if (!std::isfinite(point.value))
                continue;
            m_values.low = std::min(m_values.low, point.value);
            m_values.high = std::max(m_values.high, point.value);
            m_along.low = std::min(m_along.low, axisOf(point));
            m_along.high = std::max({ m_along.high, axisOf(point), endOf(series) });
        }
    }
    m_isEmpty = m_values.low > m_values.high;
    if (m_isEmpty)
        return;
    if (m_values.low == m_values.high) {
        const double room = std::max(std::abs(m_values.low) / 10, 0.5);
        m_values = { m_values.low - room, m_values.high + room };
    }
    // So that no line lies on an edge.
    const double room = (m_values.high - m_values.low) / 25;
    m_values = { m_values.low - room, m_values.high + room };
    if (m_along.low == m_along.high)
        m_along.high = m_along.low + 1;
}

QRectF PlotView::area() const
{
    const double text = fontMetrics().height();
    const double left = fontMetrics().horizontalAdvance(QStringLiteral("−0.000e+00"));
    return QRectF(rect()).adjusted(margin + left, margin, -margin, -(margin + text));
}

QPointF PlotView::place(double along, double value) const
{
    const QRectF where = area();
    return { where.left() + m_along.share(along) * where.width(),
        where.bottom() - m_values.share(value) * where.height() };
}

QPointF PlotView::pointOf(const Pick& pick) const
{
    const PlotPoint& point = m_series[pick.series].points[pick.point];
    return place(axisOf(point), point.value);
}

std::optional<PlotView::Pick> PlotView::pickAt(const QPointF& at) const
{
    std::optional<Pick> nearest;
    double least = nearPixels * nearPixels;
    for (std::size_t series = 0; series < m_series.size() && !m_isEmpty; ++series) {
        const auto& points = m_series[series].points;
        for (std::size_t point = 0; point < points.size(); ++point) {
            if (!std::isfinite(points[point].value))
                continue;
            const QPointF away = pointOf({ series, point }) - at;
            const double distance = QPointF::dotProduct(away, away);
            if (distance < least) {
                least = distance;
                nearest = Pick { series, point };
            }
        }
    }
    return nearest;
}

QString PlotView::textOf(const Pick& pick) const
{
    return plotPointText(m_series[pick.series], m_series[pick.series].points[pick.point]);
}

void PlotView::pick(const std::optional<Pick>& pick)
{
    if (pick == m_picked)
        return;
    m_picked = pick;
    emit pickChanged(pick ? textOf(*pick) : QString());
    describe();
    update();
}

/// In words, for who does not see it.
void PlotView::describe()
{
    QString text = m_emptyText;
    if (!m_isEmpty) {
        QStringList lines;
        for (const PlotSeries& series : m_series)
            lines.append(plotSeriesText(series));
        text = lines.join(u'\n');
    }
    if (m_picked)
        text = textOf(*m_picked) + u'\n' + text;
    if (text == accessibleDescription())
        return;
    setAccessibleDescription(text);
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

void PlotView::step(int points)
{
    if (m_isEmpty)
        return;
    Pick next = m_picked.value_or(Pick {});
    const auto& line = m_series[next.series].points;
    if (line.empty())
        return stepLine(1);
    auto at = static_cast<qint64>(next.point);
    if (m_picked)
        at = std::clamp<qint64>(at + points, 0, static_cast<qint64>(line.size()) - 1);
    // What is no number is passed over.
    const qint64 way = points < 0 ? -1 : 1;
    while (at >= 0 && at < static_cast<qint64>(line.size())
        && !std::isfinite(line[static_cast<std::size_t>(at)].value))
        at += way;
    if (at < 0 || at >= static_cast<qint64>(line.size()))
        return;
    next.point = static_cast<std::size_t>(at);
    pick(next);
}

void PlotView::stepLine(int lines)
{
    if (m_isEmpty)
        return;
    const auto count = static_cast<int>(m_series.size());
    const int from = m_picked ? static_cast<int>(m_picked->series) : 0;
    for (int i = 1; i <= count; ++i) {
        const auto series = static_cast<std::size_t>(((from + i * lines) % count + count) % count);
        const auto& points = m_series[series].points;
        const auto number = std::find_if(points.begin(), points.end(),
            [](const PlotPoint& point) { return std::isfinite(point.value); });
        if (number != points.end()) {
            pick(Pick { series, static_cast<std::size_t>(number - points.begin()) });
            return;
        }
    }
}

void PlotView::keyPressEvent(QKeyEvent* event)
{
    constexpr int all = std::numeric_limits<int>::max() / 2;
    switch (event->key()) {
    case Qt::Key_Left:
        return step(-1);
    case Qt::Key_Right:
        return step(1);
    case Qt::Key_PageUp:
        return step(-20);
    case Qt::Key_PageDown:
        return step(20);
    case Qt::Key_Home:
        return step(-all);
    case Qt::Key_End:
        return step(all);
    case Qt::Key_Up:
        return stepLine(-1);
    case Qt::Key_Down:
        return stepLine(1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_picked)
            emit activated(m_series[m_picked->series].points[m_picked->point].position);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void PlotView::mouseMoveEvent(QMouseEvent* event)
{
    pick(pickAt(event->position()));
}

void PlotView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return QWidget::mousePressEvent(event);
    pick(pickAt(event->position()));
    if (m_picked)
        emit activated(m_series[m_picked->series].points[m_picked->point].position);
}

void PlotView::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    pick(std::nullopt);
}

QSize PlotView::sizeHint() const
{
    return { fontMetrics().averageCharWidth() * 60, fontMetrics().height() * 14 };
}

QSize PlotView::minimumSizeHint() const
{
    return { fontMetrics().averageCharWidth() * 24, fontMetrics().height() * 6 };
}

} // namespace eventloupe
