#pragma once

#include "plot/plotseries.h"
#include "projection/projectionhistory.h"
#include "store/eventstore.h"

namespace eventloupe {

/// A line of a projection: how many rows it had, or what a cell of one of its rows was.
struct PlottedProjection {
    std::shared_ptr<const ProjectionHistory> history;
    QString name; ///< Of the projection.
    QString column; ///< Its title; empty: the count of rows.
    std::size_t cell = 0; ///< Of a row; 0 is the key.
    QString key; ///< Of the row, as it is shown.
};

/// Its values at evenly spaced positions up to where the history is built: so many, and each with
/// the event that stands there. `cancel` is looked at between two of them.
[[nodiscard]] Result<PlotSeries> seriesOf(EventStore& store, const PlottedProjection& line,
    std::size_t samples, const CancelToken& cancel);

} // namespace eventloupe
