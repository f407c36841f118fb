#include "exchange/importer.h"

#include "exchange/batchconsumer.h"
#include "exchange/batchproducer.h"
#include "exchange/exchangetext.h"
#include "exchange/importplan.h"

#include <limits>

namespace eventloupe {

namespace {

Error cancelled()
{
    return { ErrorCode::Cancelled, ExchangeText::tr("The import was cancelled") };
}

constexpr int patience = 50; // milliseconds between two looks at the token

/// How many batches may wait. A pipe may be silent for long, or for ever: of that, as much is read
/// before the store is locked as memory allows.
std::size_t mostBatches(const ImportPlan& plan)
{
    constexpr std::size_t ofAFile = 8;
    return plan.reader->bytesTotal() == 0 ? std::numeric_limits<std::size_t>::max() : ofAFile;
}

/// Waits until the file has been read, or as much of it as has room.
Result<void> awaitInput(BatchQueue& queue, const CancelToken& cancel)
{
    while (!queue.awaitFilled(patience))
        if (cancel.isCancelled())
            return cancelled();
    return {};
}

/// Takes batches until the file ends, a record is refused, or the token is cancelled.
Result<void> drain(
    BatchQueue& queue, BatchConsumer& consumer, const Progress& progress, const CancelToken& cancel)
{
    for (;;) {
        if (cancel.isCancelled())
            return cancelled();
        std::optional<ImportBatch> batch = queue.pop(patience);
        if (!batch)
            continue;
        if (const Result<void> added = consumer.add(*batch); !added)
            return added;
        progress.setDone(batch->bytesDone);
        progress.setEvents(consumer.events());
        if (batch->fault)
            return *batch->fault;
        if (batch->last)
            return {};
    }
}

void noteKept(ImportSummary& summary, const RecordMapper& mapper)
{
    summary.keptMembers = mapper.keptMembers();
    if (summary.keptMembers.isEmpty())
        return;
    const QString names = summary.keptMembers.join(QStringLiteral(", "));
    summary.notes.append(mapper.keepsInData()
            ? ExchangeText::tr("These members became the data: %1.").arg(names)
            : ExchangeText::tr("Nothing maps these members; they are kept in the metadata as "
                               "\"$imported\": %1.")
                  .arg(names));
}

Result<ImportSummary> runImport(EventStore& store, const ImportRequest& request, ImportPlan& plan,
    const Progress& progress, const CancelToken& cancel)
{
    RecordMapper mapper(plan.mapping, *plan.reader, request.file, Timestamp::now());
    BatchQueue queue(mostBatches(plan));
    ProducerThread producer(plan, mapper, request.file, queue);
    if (const Result<void> waited = awaitInput(queue, cancel); !waited)
        return waited.error();
    // No sooner: it keeps all others from writing.
    Result<std::unique_ptr<BulkAppend>> bulk = store.beginBulk();
    if (!bulk)
        return bulk.error();
    BatchConsumer consumer(**bulk, request.file);
    if (const Result<void> drained = drain(queue, consumer, progress, cancel); !drained)
        return drained.error();
    producer.join();
    const Result<Appended> appended = (*bulk)->commit(cancel, progress);
    if (!appended)
        return appended.error();
    ImportSummary summary;
    summary.first = appended->first;
    summary.last = appended->last;
    consumer.describe(summary);
    noteKept(summary, mapper);
    return summary;
}

} // namespace

Result<ImportSummary> importFile(EventStore& store, const ImportRequest& request,
    const Progress& progress, const CancelToken& cancel)
{
    // Before anything is read: of a pipe it would be lost.
    if (const QString reason = store.readOnlyReason(); !reason.isEmpty())
        return Error { ErrorCode::ReadOnly,
            ExchangeText::tr("%1 can only be read: %2.").arg(store.location(), reason) };
    Result<ImportPlan> plan = planImport(request, cancel);
    if (!plan)
        return plan.error();
    progress.setTotal(plan->reader->bytesTotal());
    if (plan->sample.empty() && plan->sampleFault)
        return *plan->sampleFault;
    if (const QString missing = missingFields(*plan, request.file); !missing.isEmpty())
        return Error { ErrorCode::InvalidInput, missing };
    if (plan->sample.empty()) {
        ImportSummary summary;
        summary.notes.append(
            ExchangeText::tr("%1 holds no events.").arg(displayedFile(request.file)));
        return summary;
    }
    return runImport(store, request, *plan, progress, cancel);
}

} // namespace eventloupe
