#pragma once

#include "exchange/importer.h"
#include "exchange/recordmapper.h"
#include "exchange/streamcounter.h"

namespace eventloupe {

/// Stores an import's events, one by one, and counts them. On the store's thread.
class BatchConsumer {
public:
    BatchConsumer(EventStore& store, QString file, bool storeIsEmpty);

    /// A refusal by the store is told with the file's line.
    Result<void> add(BulkAppend& bulk, const ImportedEvent& imported);
    [[nodiscard]] qint64 events() const { return m_events; }
    /// Fills in what was counted.
    void describe(ImportSummary& summary) const;

private:
    Result<void> count(const ImportedEvent& imported);
    Result<void> lookBefore(const QString& stream);

    EventStore& m_store;
    QString m_file;
    StreamCounter m_before; ///< Versions that streams had before this import, if not 0.
    qint64 m_streams = 0;
    qint64 m_events = 0;
    qint64 m_renumbered = 0;
    bool m_storeIsEmpty;
};

} // namespace eventloupe
