#include "ui/time/timelineslider.h"

#include "time/density.h"
#include "time/timecursor.h"
#include "ui/base/figures.h"
#include "ui/base/plaintext.h"
#include "ui/base/theme.h"
#include "ui/time/densitystrip.h"
#include "ui/time/densitytip.h"
#include "ui/time/timelinegeometry.h"

#include <QHelpEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QStyle>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace eventloupe {

namespace {

using namespace TimelineGeometry;

constexpr int bucketWidth = 4;
constexpr double notch = 120;
constexpr int pages = 20;

} // namespace

TimelineSlider::TimelineSlider(TimeCursor& cursor, Density& density, QWidget* parent)
    : QAbstractSlider(parent)
    , m_cursor(cursor)
    , m_density(density)
{
    setObjectName(QStringLiteral("timelineSlider"));
    setAccessibleName(tr("Time cursor"));
    setOrientation(Qt::Horizontal);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMouseTracking(true);
    m_flush.setSingleShot(true);
    m_flush.setInterval(0);
    connect(&m_flush, &QTimer::timeout, this, &TimelineSlider::flush);
    connect(&cursor, &TimeCursor::positionChanged, this, &TimelineSlider::follow);
    connect(&cursor, &TimeCursor::headChanged, this, &TimelineSlider::follow);
    connect(&density, &Density::changed, this, &TimelineSlider::showDensity);
    // Assistive technology sets the value; all else goes by pick().
    connect(this, &QAbstractSlider::valueChanged, this, [this](int value) {
        if (!m_following)
            pick(value);
    });
    follow();
}

void TimelineSlider::follow()
{
    const QScopedValueRollback guard(m_following, true);
    if (maximum() != m_cursor.head()) {
        setRange(0, static_cast<int>(m_cursor.head()));
        setPageStep(std::max(1, maximum() / pages));
        m_strip = {};
    }
    setValue(static_cast<int>(m_cursor.position()));
    update();
}

void TimelineSlider::showDensity()
{
    m_strip = {};
    update();
    // Until categories are known again, those of the same log keep their colours.
    const bool isClosed = m_density.buckets().isEmpty();
    const bool isRanked = !m_density.categories().isEmpty();
    if (!(isClosed || isRanked) || !rankCategories(m_density.categories()))
        return;
    // Others show the colours too.
    for (auto* other : window()->findChildren<QWidget*>())
        other->update();
}

void TimelineSlider::pick(Position position)
{
    m_pending = std::clamp<Position>(position, 0, m_cursor.head());
    m_flush.start();
    update();
}

void TimelineSlider::flush()
{
    if (const auto position = std::exchange(m_pending, std::nullopt))
        m_cursor.moveTo(*position);
    update();
}

Position TimelineSlider::shown() const
{
    return m_pending.value_or(m_cursor.position());
}

QRectF TimelineSlider::track() const
{
    return QRectF(rect()).adjusted(margin, top, -margin, -bottom);
}

double TimelineSlider::xOf(double position) const
{
    const auto area = track();
    if (m_cursor.head() == 0)
        return area.left();
    return area.left() + area.width() * position / static_cast<double>(m_cursor.head());
}

QPoint TimelineSlider::pointOf(Position position) const
{
    return { static_cast<int>(std::lround(xOf(static_cast<double>(position)))),
        static_cast<int>(std::lround(track().center().y())) };
}

Position TimelineSlider::positionAt(const QPoint& point) const
{
    const auto area = track();
    if (area.width() <= 0)
        return 0;
    const double share = (point.x() - area.left()) / area.width();
    const auto position = std::llround(share * static_cast<double>(m_cursor.head()));
    return std::clamp<Position>(position, 0, m_cursor.head());
}

QSize TimelineSlider::sizeHint() const
{
    return { 400, static_cast<int>(top + bottom) + fontMetrics().height() * 5 / 2 };
}

QSize TimelineSlider::minimumSizeHint() const
{
    return { 120, sizeHint().height() };
}

bool TimelineSlider::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractSlider::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), toolTipAt(help->pos()), this);
    return true;
}

void TimelineSlider::resizeEvent(QResizeEvent* event)
{
    QAbstractSlider::resizeEvent(event);
    m_strip = {};
    requestDensity();
}

void TimelineSlider::changeEvent(QEvent* event)
{
    QAbstractSlider::changeEvent(event);
    m_strip = {};
}

void TimelineSlider::requestDensity()
{
    m_density.request(std::max(1, static_cast<int>(track().width()) / bucketWidth));
}

void TimelineSlider::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_cursor.head() == 0) {
        event->ignore();
        return;
    }
    setSliderDown(true);
    pick(markNear(event->pos()).value_or(positionAt(event->pos())));
}

void TimelineSlider::mouseMoveEvent(QMouseEvent* event)
{
    if (isSliderDown())
        pick(positionAt(event->pos()));
    else if (QToolTip::isVisible())
        QToolTip::showText(event->globalPosition().toPoint(), toolTipAt(event->pos()), this);
}

void TimelineSlider::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !isSliderDown())
        return;
    setSliderDown(false);
    flush();
}

void TimelineSlider::wheelEvent(QWheelEvent* event)
{
    const auto delta = event->angleDelta();
    m_wheelEvents -= (std::abs(delta.y()) >= std::abs(delta.x()) ? delta.y() : delta.x()) / notch;
    const double whole = std::trunc(m_wheelEvents);
    m_wheelEvents -= whole;
    const bool far = event->modifiers().testFlag(Qt::ControlModifier);
    if (whole != 0)
        pick(shown() + static_cast<qint64>(whole) * (far ? pageStep() : 1));
    event->accept();
}

void TimelineSlider::keyPressEvent(QKeyEvent* event)
{
    if (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) {
        event->ignore();
        return;
    }
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    switch (event->key()) {
    case Qt::Key_Left:
        return pick(shown() + (mirrored ? 1 : -1));
    case Qt::Key_Right:
        return pick(shown() + (mirrored ? -1 : 1));
    case Qt::Key_Down:
        return pick(shown() - 1);
    case Qt::Key_Up:
        return pick(shown() + 1);
    case Qt::Key_PageUp:
        return pick(shown() + pageStep());
    case Qt::Key_PageDown:
        return pick(shown() - pageStep());
    case Qt::Key_Home:
        return pick(0);
    case Qt::Key_End:
        return pick(m_cursor.head());
    default:
        event->ignore();
    }
}

void TimelineSlider::drawStrip()
{
    m_strip = QPixmap(size() * devicePixelRatioF());
    m_strip.setDevicePixelRatio(devicePixelRatioF());
    m_strip.fill(Qt::transparent);
    QPainter painter(&m_strip);
    const auto area = track();
    painter.fillRect(area, palette().color(QPalette::Base));
    drawDensity(painter, area.adjusted(0, 3, 0, 0), m_density, m_cursor.head(), palette());
}

void TimelineSlider::paintEvent(QPaintEvent*)
{
    if (m_strip.isNull())
        drawStrip();
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_strip);
    const auto area = track();
    auto veil = palette().color(QPalette::Base);
    veil.setAlphaF(0.68F);
    const double here = xOf(static_cast<double>(shown()));
    painter.fillRect(QRectF(here, area.top(), area.right() - here, area.height()), veil);
    painter.setPen(hasFocus() ? palette().color(QPalette::Highlight) : coloursOf(palette()).line);
    painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5));
    drawLoop(painter);
    drawMarks(painter);
    if (m_cursor.head() > 0)
        drawHandle(painter);
}

void TimelineSlider::drawHandle(QPainter& painter) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    const auto colour = coloursOf(palette()).cursor;
    const double x = xOf(static_cast<double>(shown()));
    painter.setPen(QPen(colour, 2));
    painter.drawLine(QPointF(x, top), QPointF(x, height() - 1));
    painter.setPen(QPen(palette().color(QPalette::Window), 1));
    painter.setBrush(colour);
    painter.drawPolygon(QPolygonF { QPointF(x - 6.5, 1), QPointF(x + 6.5, 1), QPointF(x + 6.5, 7),
        QPointF(x, 14), QPointF(x - 6.5, 7) });
}

QString TimelineSlider::toolTipAt(const QPoint& point) const
{
    if (m_cursor.head() == 0)
        return plainToolTip(tr("The log is empty."));
    if (const auto mark = markNear(point)) {
        const auto note = m_notes.find(*mark);
        const bool isNoted = note != m_notes.end() && !note->second.isEmpty();
        return plainToolTip(isNoted
                ? tr("Mark at %1: %2").arg(positionText(*mark), visibleText(note->second))
                : tr("Mark at %1").arg(positionText(*mark)));
    }
    const auto position = positionAt(point);
    const auto& buckets = m_density.buckets();
    const auto next = std::upper_bound(buckets.begin(), buckets.end(), position,
        [](Position wanted, const Density::Bucket& bucket) { return wanted < bucket.first; });
    if (next == buckets.begin())
        return plainToolTip(positionText(position));
    return densityTip(position, *std::prev(next), palette());
}

} // namespace eventloupe
