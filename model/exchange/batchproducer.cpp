#include "exchange/batchproducer.h"

#include "exchange/exchangetext.h"

#include <memory>
#include <system_error>
#include <utility>

namespace eventloupe {

namespace {
constexpr std::size_t batchEvents = 512;
constexpr std::size_t batchBytes = std::size_t(1024) * 1024;
} // namespace

BatchProducer::BatchProducer(
    ImportPlan& plan, RecordMapper& mapper, QString file, BatchQueue& queue)
    : m_plan(plan)
    , m_mapper(mapper)
    , m_file(std::move(file))
    , m_queue(queue)
{
}

void BatchProducer::run()
{
    while (!m_plan.sample.empty()) {
        const bool isAdded = add(m_plan.sample.front());
        m_plan.sample.pop_front(); // It may be of 60 MB, and the batch holds it now.
        if (!isAdded || !flushWhenFull())
            return;
    }
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
        if (!add(record) || !flushWhenFull())
            return;
    }
}

bool BatchProducer::add(const Record& record)
{
    const Result<ImportedEvent> imported = m_mapper.map(record);
    if (!imported) {
        finish(imported.error());
        return false;
    }
    if (const auto masked = maskedFault(*imported, m_file)) {
        finish(masked);
        return false;
    }
    if (const Result<void> added = m_batch.events.add(imported->event); !added) {
        finish(faultAt(m_file, imported->line, 1, added.error().message));
        return false;
    }
    m_batch.origins.push_back({ imported->line, imported->version });
    return true;
}

bool BatchProducer::flushWhenFull()
{
    if (m_batch.events.size() < batchEvents && m_batch.events.bytes() < batchBytes)
        return true;
    return flush();
}

bool BatchProducer::flush()
{
    m_batch.bytesDone = m_plan.reader->bytesDone();
    const std::size_t bytes = m_batch.events.bytes();
    if (!m_queue.push(std::exchange(m_batch, ImportBatch())))
        return false;
    // The next one is about as large.
    m_batch.events.reserve(batchEvents, bytes + bytes / 8);
    m_batch.origins.reserve(batchEvents);
    return true;
}

void BatchProducer::finish(std::optional<Error> fault)
{
    if (fault)
        m_batch.fault = std::make_shared<const Error>(std::move(*fault));
    m_batch.last = true;
    flush();
}

ProducerThread::ProducerThread(
    ImportPlan& plan, RecordMapper& mapper, const QString& file, BatchQueue& queue)
    : m_queue(queue)
    , m_stop(plan.stop)
{
    try {
        m_thread = std::thread(
            [producer = BatchProducer(plan, mapper, file, queue)]() mutable { producer.run(); });
    } catch (const std::system_error&) {
        ImportBatch nothing;
        nothing.fault = std::make_shared<const Error>(Error { ErrorCode::InputOutput,
            ExchangeText::tr("%1 cannot be read: the system gives no further thread").arg(file) });
        nothing.last = true;
        queue.push(std::move(nothing));
    }
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
