#pragma once

#include "value/event.h"

#include <QPointer>
#include <QWidget>

#include <functional>

namespace eventloupe {

class WatchRunner;

/// The points of a watch on a timeline: a tick for each pixel that has some, along its upper edge.
/// Lies over the timeline and lets the mouse through. Costs O(pixels log points) to paint.
class WatchStrip final : public QWidget {
    Q_OBJECT

public:
    /// Where a position stands on the timeline, in its coordinates, and the position that stands
    /// at a place.
    struct Places {
        std::function<int(Position)> xOf;
        std::function<Position(int)> positionAt;
    };
    WatchStrip(Places places, QWidget* timeline);

    void setRunner(WatchRunner* runner);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    Places m_places;
    QPointer<WatchRunner> m_runner;
};

} // namespace eventloupe
