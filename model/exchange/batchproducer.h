#pragma once

#include "exchange/batchqueue.h"
#include "exchange/importplan.h"
#include "exchange/streamcounter.h"

#include <thread>

namespace eventloupe {

/// Reads, checks and maps a file's records into batches, on one thread.
class BatchProducer {
public:
    BatchProducer(ImportPlan& plan, RecordMapper& mapper, BatchQueue& queue);
    /// Returns at the file's end, behind its first fault, or when the queue is closed.
    void run();

private:
    bool add(const Record& record);
    bool flush();
    void finish(std::optional<Error> fault);

    ImportPlan& m_plan;
    RecordMapper& m_mapper;
    BatchQueue& m_queue;
    StreamCounter m_streams;
    ImportBatch m_batch;
    qint64 m_bytes = 0;
};

/// A producer on a thread of its own, joined on every way out.
class ProducerThread {
public:
    ProducerThread(ImportPlan& plan, RecordMapper& mapper, BatchQueue& queue);
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
