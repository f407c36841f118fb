#pragma once

#include "exchange/batchqueue.h"
#include "exchange/logcomparison.h"
#include "store/eventstore.h"
#include "value/progress.h"

#include <functional>

namespace eventloupe {

/// Stores what a CopyReader hands on, each of its transactions in one. On the store's thread.
class CopyWriter final {
public:
    /// `next` is the position that the first event is to get.
    CopyWriter(BatchQueue& queue, Position next, Versions versions, const Progress& progress,
        const CancelToken& cancel);

    /// Returns when the event at `to` is durable. Each event gets the position that it has where it
    /// comes from, and the version where those are to be equal, or nothing of its transaction is
    /// stored. Closes the queue.
    Result<void> run(EventStore& store, Position to);

    /// Called with the position of the last event that is durable, on the store's thread.
    void tellStored(const std::function<void(Position)>& tell) { m_tellStored = tell; }
    [[nodiscard]] qint64 stored() const { return m_stored; } ///< Events that are durable.
    [[nodiscard]] Position next() const { return m_next; } ///< The first that is not.
    /// Where the store refused an id only at the end of a transaction, the last event of that; 0
    /// where it did not.
    [[nodiscard]] Position duplicateUpTo() const { return m_duplicateUpTo; }

private:
    Result<void> drain(EventStore& store, Position to);
    Result<void> begin(EventStore& store);
    Result<void> add(const ImportBatch& batch);
    Result<void> commit();

    BatchQueue& m_queue;
    const Progress& m_progress;
    const CancelToken& m_cancel;
    const Position m_first;
    const Versions m_versionsThere;
    std::unique_ptr<BulkAppend> m_bulk;
    std::vector<StreamVersion> m_versions;
    Position m_next;
    Position m_last = 0; ///< Of the transaction.
    qint64 m_stored = 0;
    Position m_duplicateUpTo = 0;
    std::function<void(Position)> m_tellStored;
};

} // namespace eventloupe
