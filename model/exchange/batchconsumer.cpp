#include "exchange/batchconsumer.h"

#include "exchange/exchangetext.h"

namespace eventloupe {

Result<void> BatchConsumer::add(const ImportBatch& batch, const CancelToken& cancel)
{
    for (std::size_t i = 0; i < batch.events.size(); ++i) {
        if (cancel.isCancelled())
            return Error { ErrorCode::Cancelled, ExchangeText::tr("The import was cancelled") };
        const ImportBatch::Origin& origin = batch.origins[i];
        const Result<StreamVersion> version = m_bulk.add(batch.events.at(i));
        if (!version)
            return refusal(version.error(), origin.line);
        ++m_events;
        m_renumbered += origin.version != 0 && origin.version != *version ? 1 : 0;
    }
    return {};
}

Error BatchConsumer::refusal(const Error& error, qint64 line) const
{
    if (error.code != ErrorCode::InvalidInput && error.code != ErrorCode::DuplicateEvent)
        return error;
    return { error.code, faultAt(m_file, line, 1, error.message).message };
}

void BatchConsumer::describe(ImportSummary& summary) const
{
    summary.events = m_events;
    summary.streams = m_bulk.streams();
    summary.renumbered = m_renumbered;
    if (m_renumbered > 0)
        summary.notes.append(ExchangeText::tr(
            "%n event(s) got another version than the file says: events are numbered in the order "
            "of their stream.",
            nullptr, static_cast<int>(m_renumbered)));
}

} // namespace eventloupe
