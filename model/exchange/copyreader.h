#pragma once

#include "exchange/batchqueue.h"
#include "store/eventstore.h"

namespace eventloupe {

/// Reads a log for a copy, checks its events and hands them on in transactions: the last batch of
/// each says so. Where the store keeps hashes, a transaction ends only when they fit what was read,
/// so that a log that was tampered with is not made good by being copied. On the store's thread.
class CopyReader final {
public:
    CopyReader(EventStore& store, BatchQueue& queue, const CancelToken& cancel);

    /// How many events a transaction takes: the first, and those that follow it.
    struct Sizes {
        qint64 first = 0;
        qint64 next = 0;
    };
    /// Returns when all is handed on, behind the first fault, when the queue is closed, or when the
    /// token is set. In a batch, an origin's line is the event's position.
    void run(Position from, Position to, const Sizes& sizes);

private:
    Result<void> start(Position from);
    Result<void> readTransaction(Position from, Position to);
    bool take(const EventView& event, Result<void>& outcome);
    Result<void> add(const EventView& event);
    Result<void> checkHash(Position from);
    Position firstUnfitting(Position from);
    bool flush(bool isLast);

    EventStore& m_store;
    BatchQueue& m_queue;
    const CancelToken& m_cancel;
    ImportBatch m_batch;
    HashChain m_chain;
    std::optional<EventHash> m_hash; ///< Up to m_next; nothing where the store keeps none.
    std::optional<EventHash> m_hashBefore; ///< Up to the transaction.
    Position m_next = 0;
    std::size_t m_bytes = 0; ///< Of the transaction.
    bool m_isClosed = false;
};

} // namespace eventloupe
