#pragma once

#include "time/density.h"

#include <QList>
#include <QRectF>

class QPainter;
class QPalette;

namespace eventloupe {

/// Draws the buckets as bars over the area, each as high as its stretch was busy (on a logarithmic
/// scale) and parted by its categories' shares: in every bar from the bottom in the order of
/// their share in the log, and what has no colour of its own on top.
void drawDensity(QPainter& painter, const QRectF& area, const Density& density, Position head,
    const QPalette& palette);

} // namespace eventloupe
