#pragma once

#include "exchange/recordmapper.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace eventloupe {

/// Events on their way from the thread that reads a file to the one that stores them.
struct ImportBatch {
    /// Where an event came from, for what is said about it.
    struct Origin {
        qint64 line = 0;
        StreamVersion version = 0; ///< As the file has it; 0 when it has none.
    };
    CheckedEvents events;
    std::vector<Origin> origins; ///< One an event.
    qint64 bytesDone = 0; ///< Of the file, behind these events.
    std::shared_ptr<const Error> fault; ///< What ended the file early, behind these events.
    bool last = false;
};

/// A bounded queue between the two, so that memory does not grow with the file. Thread-safe.
class BatchQueue {
public:
    /// It is full with so many batches, or with 64 MB of events, be it in one batch.
    explicit BatchQueue(std::size_t mostBatches = 8)
        : m_mostBatches(mostBatches)
    {
    }
    /// Waits for room; false when the receiver has closed.
    bool push(ImportBatch batch);
    /// Waits up to `milliseconds`; nothing when none came.
    std::optional<ImportBatch> pop(int milliseconds);
    /// Waits up to `milliseconds` until the last batch is there, or it is full; false when neither
    /// came.
    bool awaitFilled(int milliseconds);
    /// The receiver takes no more; a waiting push() returns.
    void close();

private:
    [[nodiscard]] bool isFull() const;

    const std::size_t m_mostBatches;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<ImportBatch> m_batches;
    std::size_t m_bytes = 0; ///< That these take, about.
    bool m_closed = false;
};

} // namespace eventloupe
