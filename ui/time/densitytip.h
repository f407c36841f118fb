#pragma once

#include "time/density.h"

#include <QString>

class QPalette;

namespace eventloupe {

/// "1,200 events/s", "3.5 events/min": in the unit in which the number is readable.
[[nodiscard]] QString rateText(double eventsPerSecond);

/// What a bar of the density says, in words: how many events, from when to when, how fast, and its
/// categories with their shares, each beside its colour. Rich text for a tool tip; names from the
/// log are escaped.
[[nodiscard]] QString densityTip(
    Position position, const Density::Bucket& bucket, const QPalette& palette);

} // namespace eventloupe
