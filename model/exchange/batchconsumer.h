#pragma once

#include "exchange/batchqueue.h"
#include "exchange/importer.h"

namespace eventloupe {

/// Stores an import's events, one by one, and counts them. On the store's thread.
class BatchConsumer {
public:
    BatchConsumer(BulkAppend& bulk, QString file)
        : m_bulk(bulk)
        , m_file(std::move(file))
    {
    }

    /// A refusal by the store is told with the file's line.
    Result<void> add(const ImportBatch& batch);
    [[nodiscard]] qint64 events() const { return m_events; }
    /// Fills in what was counted.
    void describe(ImportSummary& summary) const;

private:
    [[nodiscard]] Error refusal(const Error& error, qint64 line) const;

    BulkAppend& m_bulk;
    QString m_file;
    std::vector<StreamVersion> m_versions;
    qint64 m_events = 0;
    qint64 m_renumbered = 0;
};

} // namespace eventloupe
