#pragma once

#include "projection/projectionview.h"

#include <QList>
#include <QStringList>

namespace eventloupe {

/// A row as it is shown.
struct ProjectionLine {
    QStringList cells; ///< The key, then the columns.
    QList<Cell::Kind> kinds;
    Position position = 0; ///< Of the event that changed it last.
    bool hasFailed = false;
    ProjectionFailure failure; ///< Empty where it is not kept.
};

/// What is shown of a projection: some of its rows, and figures of all.
struct ProjectionContent {
    Position position = 0; ///< Of the table.
    qint64 count = 0; ///< Rows that fit the filter, of those that were looked at.
    qint64 existing = 0; ///< Rows that are there.
    bool isComplete = true; ///< Whether all rows were looked at.
    qint64 filterFailures = 0;
    QString filterReason; ///< Of the first.
    qint64 failures = 0; ///< Events that came to no row.
    ProjectionFailure firstFailure;
    qint64 first = 0; ///< Of the lines.
    QList<ProjectionLine> lines;
};

/// Reads what a query shows; where the time is not enough, or it is cancelled, calling again goes
/// on. On the view's thread.
[[nodiscard]] ProjectionContent readContent(ProjectionView& view, const ProjectionQuery& query,
    qint64 first, qint64 limit, std::chrono::milliseconds time, const CancelToken& cancel = {});

} // namespace eventloupe
