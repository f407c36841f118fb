// TimelineSlider: marks, the loop between them, and what can be done at a place.

#include "time/timecursor.h"
#include "ui/base/figures.h"
#include "ui/base/icons.h"
#include "ui/base/theme.h"
#include "ui/time/timelinegeometry.h"
#include "ui/time/timelineslider.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace eventloupe {

using namespace TimelineGeometry;

void TimelineSlider::setMarks(const std::set<Position>& marks)
{
    if (marks == m_marks)
        return;
    m_marks = marks;
    update();
    emit marksChanged();
}

void TimelineSlider::toggleMark(Position position)
{
    auto marks = m_marks;
    if (marks.erase(position) == 0)
        marks.insert(position);
    setMarks(marks);
}

void TimelineSlider::setLoop(const std::optional<std::pair<Position, Position>>& loop)
{
    m_loop = loop;
    update();
}

void TimelineSlider::contextMenuEvent(QContextMenuEvent* event)
{
    if (m_cursor.head() == 0)
        return;
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const auto place = byKey ? pointOf(m_cursor.position()) : event->pos();
    const auto position
        = byKey ? m_cursor.position() : markNear(place).value_or(positionAt(place));
    QMenu menu(this);
    menu.addAction(icon(Symbol::GoTo), tr("Go Here (%1)").arg(positionText(position)), this,
        [this, position] { m_cursor.moveTo(position); });
    menu.addAction(icon(Symbol::Mark),
        m_marks.contains(position) ? tr("Remove Mark") : tr("Set Mark"), this,
        [this, position] { toggleMark(position); });
    emit menuOpening(menu, position);
    menu.exec(mapToGlobal(place));
}

void TimelineSlider::drawLoop(QPainter& painter) const
{
    if (!m_loop)
        return;
    const double begin = xOf(static_cast<double>(m_loop->first));
    const double end = xOf(static_cast<double>(std::min(m_loop->second, m_cursor.head())));
    const QRectF bar(begin, top - 4, std::max(end - begin, 2.0), 3);
    painter.fillRect(bar, coloursOf(palette()).changed);
}

void TimelineSlider::drawMarks(QPainter& painter) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    const auto colour = coloursOf(palette()).changed;
    for (const auto mark : m_marks) {
        if (mark > m_cursor.head())
            break;
        const double x = xOf(static_cast<double>(mark));
        painter.setPen(QPen(colour, 1));
        painter.drawLine(QPointF(x, top), QPointF(x, height() - bottom));
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawPolygon(QPolygonF { QPointF(x - 4, 0), QPointF(x + 4, 0),
            QPointF(x + 4, top - 1), QPointF(x, top - 4), QPointF(x - 4, top - 1) });
    }
}

std::optional<Position> TimelineSlider::markNear(const QPoint& point) const
{
    if (point.y() > top)
        return std::nullopt;
    for (const auto mark : m_marks) {
        if (std::abs(xOf(static_cast<double>(mark)) - point.x()) <= 4)
            return mark;
    }
    return std::nullopt;
}

} // namespace eventloupe
