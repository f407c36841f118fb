#pragma once

#include <QColor>

class QPalette;

namespace eventloupe {

/// How many lines of a plot have colours of their own; further ones take them again.
constexpr int lineInks = 8;

/// The colour of a plot's line, by its number from 0: with a contrast of at least 3:1 against the
/// palette's Base, in an order that people with a colour vision deficiency tell apart best.
[[nodiscard]] QColor lineInk(int number, const QPalette& palette);
/// Of the points of a watch on the timeline.
[[nodiscard]] QColor watchInk(const QPalette& palette);

} // namespace eventloupe
