#pragma once

#include "exchange/batchqueue.h"
#include "exchange/importplan.h"

#include <thread>

namespace eventloupe {

/// Reads, checks and maps a file's records into batches, on one thread. What the store would refuse
/// of an event's own is refused here already.
class BatchProducer {
public:
    BatchProducer(ImportPlan& plan, RecordMapper& mapper, QString file, BatchQueue& queue);
    /// Returns at the file's end, behind its first fault, or when the queue is closed.
    void run();

private:
    bool add(const Record& record);
    bool flushWhenFull();
    bool flush();
    void finish(std::optional<Error> fault);

    ImportPlan& m_plan;
    RecordMapper& m_mapper;
    QString m_file;
    BatchQueue& m_queue;
    ImportBatch m_batch;
};

/// A producer on a thread of its own, joined on every way out.
class ProducerThread {
public:
    ProducerThread(ImportPlan& plan, RecordMapper& mapper, const QString& file, BatchQueue& queue);
    ~ProducerThread();
    ProducerThread(const ProducerThread&) = delete;
    ProducerThread& operator=(const ProducerThread&) = delete;

    /// Closes the queue, ends a wait for input, and waits; plan and mapper may be read after it.
    void join();

private:
    BatchQueue& m_queue;
    CancelToken m_stop;
    std::thread m_thread;
};

} // namespace eventloupe
