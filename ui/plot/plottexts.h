#pragma once

#include "plot/plotseries.h"

#include <QString>

namespace eventloupe {

/// A number as a plot writes it: up to six digits, grouped where it is whole.
[[nodiscard]] QString plotValueText(double value);
/// "total of order-7"
[[nodiscard]] QString plotSeriesName(const PlotSeries& series);
/// "total of order-7: 12.5 at version 3, #8,120, 2026-03-01 14:03:22"
[[nodiscard]] QString plotPointText(const PlotSeries& series, const PlotPoint& point);
/// "total of order-7: 12 values from 3 to 90, the last 12.5"
[[nodiscard]] QString plotSeriesText(const PlotSeries& series);

} // namespace eventloupe
