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
    /// Waits for room; false when the receiver has closed.
    bool push(ImportBatch batch);
    /// Waits up to `milliseconds`; nothing when none came.
    std::optional<ImportBatch> pop(int milliseconds);
    /// The receiver takes no more; a waiting push() returns.
    void close();

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<ImportBatch> m_batches;
    bool m_closed = false;
};

} // namespace eventloupe
