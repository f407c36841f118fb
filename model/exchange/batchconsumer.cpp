#include "exchange/batchconsumer.h"

#include "exchange/exchangetext.h"

namespace eventloupe {

Result<void> BatchConsumer::add(const ImportBatch& batch)
{
    m_versions.clear();
    const Result<void> added = m_bulk.add(batch.events, m_versions);
    for (std::size_t i = 0; i < m_versions.size(); ++i) {
        const StreamVersion wanted = batch.origins[i].version;
        m_renumbered += wanted != 0 && wanted != m_versions[i] ? 1 : 0;
    }
    m_events += static_cast<qint64>(m_versions.size());
    if (!added && m_versions.size() < batch.origins.size())
        return refusal(added.error(), batch.origins[m_versions.size()].line);
    return added;
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
        summary.notes.append(
            (m_renumbered == 1 ? ExchangeText::tr("1 event got another version than the file "
                                                  "says: events are numbered in the order of "
                                                  "their stream.")
                               : ExchangeText::tr("%1 events got another version than the file "
                                                  "says: events are numbered in the order of "
                                                  "their stream.")
                                     .arg(m_renumbered)));
}

} // namespace eventloupe
