#pragma once

#include "domain/projection.h"
#include "exchange/importer.h"
#include "projection/projectionview.h"
#include "value/progress.h"

namespace eventloupe {

/// A table that leaves: where to, and how.
struct ProjectionExport {
    QString file; ///< "-" or empty: standard output.
    ExchangeFormat format = ExchangeFormat::Csv;
    QString store; ///< The location of the store that is read, which is never written over.
};

/// Writes the rows that the query asks for, in its order; gives how many. The members, or the
/// columns of a CSV by RFC 4180, are "key" and the columns' names; a cell that is missing is empty,
/// or null in JSON. Cells that a spreadsheet would run are guarded as in an export of events. A
/// file is replaced in one step when all is written, and left as it was on a failure, or where one
/// of the two tokens was cancelled before.
[[nodiscard]] Result<qint64> exportProjection(ProjectionView& view, const ProjectionQuery& query,
    const ProjectionDefinition& definition, const ProjectionExport& target,
    const Progress& progress, const CancelToken& cancel, const CancelToken& orCancel = {});

} // namespace eventloupe
