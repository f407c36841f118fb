#include "exchange/copywriter.h"

#include "exchange/exchangetext.h"

namespace eventloupe {

CopyWriter::CopyWriter(BatchQueue& queue, Position next, Versions versions,
    const Progress& progress, const CancelToken& cancel)
    : m_queue(queue)
    , m_progress(progress)
    , m_cancel(cancel)
    , m_first(next)
    , m_versionsThere(versions)
    , m_next(next)
{
}

Result<void> CopyWriter::run(EventStore& store, Position to)
{
    Result<void> done = drain(store, to);
    m_queue.close();
    m_bulk.reset();
    return done;
}

Result<void> CopyWriter::drain(EventStore& store, Position to)
{
    constexpr int patience = 50; // milliseconds between two looks at the token
    while (m_next <= to) {
        if (m_cancel.isCancelled())
            return Error { ErrorCode::Cancelled, ExchangeText::tr("The copy was cancelled") };
        const std::optional<ImportBatch> batch = m_queue.pop(patience);
        if (!batch)
            continue;
        if (batch->fault)
            return *batch->fault;
        if (!m_bulk)
            if (const auto begun = begin(store); !begun)
                return begun;
        if (const auto added = add(*batch); !added)
            return added;
        if (batch->last)
            if (const auto committed = commit(); !committed)
                return committed;
    }
    return {};
}

Result<void> CopyWriter::begin(EventStore& store)
{
    auto bulk = store.beginBulk();
    if (!bulk)
        return bulk.error();
    m_bulk = std::move(*bulk);
    m_last = m_next - 1;
    // From now on nobody else appends.
    const auto head = store.head();
    if (!head)
        return head.error();
    if (*head != m_last)
        return Error { ErrorCode::VersionConflict,
            ExchangeText::tr("Someone else appended to %1: its last event is %2, and was %3")
                .arg(store.location())
                .arg(*head)
                .arg(m_last) };
    return {};
}

Result<void> CopyWriter::add(const ImportBatch& batch)
{
    m_versions.clear();
    const auto added = m_bulk->add(batch.events, m_versions);
    const std::size_t count = m_versions.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (m_versionsThere == Versions::CountedAnew
            || m_versions[i] == batch.origins[i].version)
            continue;
        return Error { ErrorCode::InvalidInput,
            ExchangeText::tr("Event %1 is version %2 of its stream and would become version %3")
                .arg(batch.origins[i].line)
                .arg(batch.origins[i].version)
                .arg(m_versions[i]) };
    }
    if (!added && count < batch.origins.size()
        && (added.error().code == ErrorCode::InvalidInput
            || added.error().code == ErrorCode::DuplicateEvent))
        return Error { added.error().code,
            ExchangeText::tr("Event %1: %2")
                .arg(batch.origins[count].line)
                .arg(added.error().message) };
    if (!added)
        return added;
    m_last += static_cast<Position>(count);
    m_progress.setDone(m_last - m_first + 1);
    m_progress.setEvents(m_last - m_first + 1);
    return {};
}

Result<void> CopyWriter::commit()
{
    // A load into an empty store builds its indexes, which is told; else there is next to nothing.
    const qint64 total = m_progress.total();
    const auto appended = m_bulk->commit(m_cancel, m_next == 1 ? m_progress : Progress());
    m_progress.begin(Progress::Phase::Working, total);
    m_progress.setDone(m_last - m_first + 1);
    if (!appended) {
        const bool isDuplicate = appended.error().code == ErrorCode::DuplicateEvent;
        m_duplicateUpTo = isDuplicate ? m_last : 0;
        return appended.error();
    }
    m_bulk.reset();
    if (appended->last != m_last)
        return Error { ErrorCode::Corrupt,
            ExchangeText::tr("Event %1 was stored as event %2").arg(m_last).arg(appended->last) };
    m_stored += m_last - m_next + 1;
    m_next = m_last + 1;
    if (m_tellStored)
        m_tellStored(m_last);
    return {};
}

} // namespace eventloupe
