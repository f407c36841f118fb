#pragma once

#include "exchange/mapping.h"
#include "store/eventstore.h"
#include "value/progress.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace eventloupe {

enum class ExchangeFormat { Ndjson, Json, Csv };

/// "ndjson", "json", "csv"; nothing for another name.
[[nodiscard]] std::optional<ExchangeFormat> exchangeFormatFromName(const QString& name);
[[nodiscard]] QString exchangeFormatName(ExchangeFormat format);
/// By the file's suffix, else by its first bytes.
[[nodiscard]] Result<ExchangeFormat> detectFormat(const QString& file);

/// What an import is to do. `file` "-" is standard input.
struct ImportRequest {
    QString file;
    std::optional<ExchangeFormat> format; ///< Detected when absent.
    std::optional<Mapping> mapping; ///< Proposed from the file's members when absent.
};

struct ImportSummary {
    qint64 events = 0;
    qint64 streams = 0; ///< Distinct streams that got events.
    Position first = 0;
    Position last = 0;
    qint64 renumbered = 0; ///< Events whose own version differed from the one given.
    QStringList keptMembers; ///< Members that nothing maps, kept in data or in the metadata.
    QStringList notes; ///< For people, a sentence each.
};

/// The first events of a file as they would be stored, for the import dialog.
struct ImportPreview {
    ExchangeFormat format = ExchangeFormat::Ndjson;
    QStringList members; ///< Names seen in the first records.
    Mapping mapping; ///< As given, or proposed.
    QList<Event> events;
    QStringList problems; ///< What keeps the file from being imported with this mapping.
};

/// Reads the first 200 records at least, of a JSON document all. `cancel` is looked at.
[[nodiscard]] Result<ImportPreview> previewImport(
    const ImportRequest& request, int limit = 20, const CancelToken& cancel = {});

/// Imports a file in one transaction: all of it or nothing. A malformed record is InvalidInput
/// "FILE:LINE: byte N: reason". The store is locked for other writers once the input has ended, or
/// so much of it was read as waits in memory: some megabytes of a file, 64 MB of a pipe, so that a
/// silent one keeps nobody waiting. ReadOnly before anything is read. `progress` counts bytes and
/// events, then goes through the phases of BulkAppend::commit(). Memory does not grow with the
/// file, except for JSON documents, but with the number of its streams. On a store's thread.
[[nodiscard]] Result<ImportSummary> importFile(EventStore& store, const ImportRequest& request,
    const Progress& progress, const CancelToken& cancel);

} // namespace eventloupe
