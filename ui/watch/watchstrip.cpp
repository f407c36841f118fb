#include "ui/watch/watchstrip.h"

#include "ui/base/lineinks.h"
#include "watch/watchrunner.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace eventloupe {

namespace {

constexpr int tickTop = 4;
constexpr int tickHeight = 6; ///< What the timeline leaves above its track.

} // namespace

WatchStrip::WatchStrip(Places places, QWidget* timeline)
    : QWidget(timeline)
    , m_places(std::move(places))
{
    setObjectName(QStringLiteral("watchStrip"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    timeline->installEventFilter(this);
    resize(timeline->size());
    show();
}

void WatchStrip::setRunner(WatchRunner* runner)
{
    if (m_runner)
        disconnect(m_runner, nullptr, this, nullptr);
    m_runner = runner;
    if (runner != nullptr) {
        connect(runner, &WatchRunner::changed, this, qOverload<>(&QWidget::update));
        connect(runner, &WatchRunner::pointsAdded, this, qOverload<>(&QWidget::update));
        connect(runner, &WatchRunner::restarted, this, qOverload<>(&QWidget::update));
    }
    update();
}

bool WatchStrip::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parent() && event->type() == QEvent::Resize)
        resize(parentWidget()->size());
    return QWidget::eventFilter(watched, event);
}

void WatchStrip::paintEvent(QPaintEvent*)
{
    if (!m_runner || m_runner->positions().empty())
        return;
    const auto& positions = m_runner->positions();
    QPainter painter(this);
    const QColor colour = watchInk(palette());
    // From point to point, each time to the first one that stands behind the pixel.
    for (auto next = positions.begin(); next != positions.end();) {
        const int x = m_places.xOf(*next);
        painter.fillRect(x, tickTop, 1, tickHeight, colour);
        next = std::partition_point(
            next, positions.end(), [&](Position position) { return m_places.xOf(position) <= x; });
    }
}

} // namespace eventloupe
