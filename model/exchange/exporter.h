#pragma once

#include "domain/filterfailures.h"
#include "exchange/importer.h"
#include "expression/expression.h"
#include "store/eventstore.h"
#include "value/progress.h"

#include <QIODevice>
#include <QString>

#include <optional>

namespace eventloupe {

/// Which events leave, and how.
struct ExportRequest {
    QString file; ///< "-" or empty: standard output.
    ExchangeFormat format = ExchangeFormat::Ndjson;
    Position from = 1;
    Position to = 0; ///< 0: the head.
    QString stream; ///< Empty: all.
    QString type; ///< Empty: all.
    std::optional<QByteArray> where; ///< A filter expression, see domain/eventfilter.h.
    qint64 limit = 0; ///< 0: none.
};

struct ExportSummary {
    qint64 events = 0;
    qint64 bytes = 0;
    FilterFailures failures; ///< Events that `where` could not be evaluated for.
    qint64 tooLarge = 0; ///< Events that an import will not take: over maximumRecordBytes.

    /// That there are such, and what to do; empty where there is none.
    [[nodiscard]] QString tooLargeText() const;
};

/// Writes events; a file is replaced in one step when all is written, mode 0600, and left as it
/// was on a failure. InvalidArgument when it is the store's own. On a store's thread.
[[nodiscard]] Result<ExportSummary> exportEvents(EventStore& store, const ExportRequest& request,
    const Progress& progress, const CancelToken& cancel);

/// The exchange format's line for an event, without a line feed.
void appendExchangeLine(QByteArray& out, const EventView& event);

} // namespace eventloupe
