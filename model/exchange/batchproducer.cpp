#include "exchange/batchproducer.h"

#include <utility>

namespace eventloupe {

namespace {
constexpr std::size_t batchEvents = 512;
constexpr qint64 batchBytes = qint64(1024) * 1024;
} // namespace

BatchProducer::BatchProducer(ImportPlan& plan, RecordMapper& mapper, BatchQueue& queue)
    : m_plan(plan)
    , m_mapper(mapper)
    , m_queue(queue)
{
}

void BatchProducer::run()
{
    for (const Record& record : m_plan.sample) {
        if (!add(record))
            return;
    }
    m_plan.sample.clear();
    if (m_plan.sampleFault) {
        finish(m_plan.sampleFault);
        return;
    }
    Record record;
    for (;;) {
        const Result<bool> found = m_plan.reader->next(record);
        if (!found || !*found) {
            finish(found ? std::nullopt : std::optional(found.error()));
            return;
        }
        if (!add(record))
            return;
    }
}

bool BatchProducer::add(const Record& record)
{
    Result<ImportedEvent> event = m_mapper.map(record);
    if (!event) {
        finish(event.error());
        return false;
    }
    event->ordinal = ++m_streams.countOf(event->stream);
    m_bytes += event->event.data.size() + event->event.metadata.size();
    m_batch.events.push_back(std::move(*event));
    if (m_batch.events.size() < batchEvents && m_bytes < batchBytes)
        return true;
    return flush();
}

bool BatchProducer::flush()
{
    m_batch.bytesDone = m_plan.reader->bytesDone();
    m_bytes = 0;
    return m_queue.push(std::exchange(m_batch, ImportBatch()));
}

void BatchProducer::finish(std::optional<Error> fault)
{
    if (fault)
        m_batch.fault = std::make_shared<const Error>(std::move(*fault));
    m_batch.last = true;
    flush();
}

ProducerThread::ProducerThread(ImportPlan& plan, RecordMapper& mapper, BatchQueue& queue)
    : m_queue(queue)
    , m_stop(plan.stop)
    , m_thread([producer = BatchProducer(plan, mapper, queue)]() mutable { producer.run(); })
{
}

ProducerThread::~ProducerThread()
{
    join();
}

void ProducerThread::join()
{
    m_queue.close();
    m_stop.cancel();
    if (m_thread.joinable())
        m_thread.join();
}

} // namespace eventloupe
