#pragma once

#include "time/density.h"

#include <QList>
#include <QRectF>

class QPainter;
class QPalette;

namespace eventloupe {

/// Draws the buckets as bars over the area, each as high as its stretch was busy (on a logarithmic
/// scale) and parted by its categories' shares.
void drawDensity(QPainter& painter, const QRectF& area, const QList<Density::Bucket>& buckets,
    Position head, const QPalette& palette);

} // namespace eventloupe
