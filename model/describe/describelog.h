#pragma once

#include "store/eventstore.h"
#include "value/canceltoken.h"
#include "value/progress.h"

#include <QList>
#include <QString>

namespace eventloupe {

/// A file that describing a log would write.
struct DescribedFile {
    QString path; ///< Relative to the workspace.
    QByteArray text;
    QString summary; ///< What it was told from.
    bool holdsValues = false; ///< It lists values as they are in the log.
};

/// What a log says about its domain.
struct LogDescription {
    /// aggregates/ and events/; workspace.json is written with the folder.
    QList<DescribedFile> files;
    QStringList notes; ///< What was left out, and why: sentences.
    qint64 eventsRead = 0; ///< Each counts once.
};

/// How much is read of the log.
struct DescribeLimits {
    int eventsPerType = 200; ///< Spread over the log.
    int streamsPerCategory = 24;
    int mostTypes = 200;
    int mostCategories = 50;
    qint64 bytesPerSubject = 32LL * 1024 * 1024; ///< Of data, for a type or a category.
    int seconds = 20; ///< After it, what is left is looked at in passing.
};

/// Infers a workspace's definitions from a sample of the log: of every event type, by its index, so
/// that rare ones are seen, and of streams of every category. States fold to what they do without
/// the definitions: events merge, and aggregates begin empty. `progress` counts types and
/// categories. Cancelled when the token is. Reads only; for a worker.
[[nodiscard]] Result<LogDescription> describeLog(EventStore& store, const DescribeLimits& limits,
    const Progress& progress, const CancelToken& cancel);

} // namespace eventloupe
