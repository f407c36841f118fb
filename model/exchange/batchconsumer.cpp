#include "exchange/batchconsumer.h"

#include "exchange/exchangetext.h"

namespace eventloupe {

BatchConsumer::BatchConsumer(EventStore& store, QString file, bool storeIsEmpty)
    : m_store(store)
    , m_file(std::move(file))
    , m_storeIsEmpty(storeIsEmpty)
{
}

Result<void> BatchConsumer::add(BulkAppend& bulk, const ImportedEvent& imported)
{
    if (const Result<void> counted = count(imported); !counted)
        return counted.error();
    const Result<void> added = bulk.add(imported.stream, imported.event);
    if (added)
        return {};
    const ErrorCode code = added.error().code;
    if (code != ErrorCode::InvalidInput && code != ErrorCode::DuplicateEvent)
        return added.error();
    Error error = faultAt(m_file, imported.line, 1, added.error().message);
    error.code = code;
    return error;
}

void BatchConsumer::describe(ImportSummary& summary) const
{
    summary.events = m_events;
    summary.streams = m_streams.streams();
    summary.renumbered = m_renumbered;
    if (m_renumbered > 0)
        summary.notes.append(ExchangeText::tr(
            "%n event(s) got another version than the file says: events are numbered in the order "
            "of their stream.",
            nullptr, static_cast<int>(m_renumbered)));
}

Result<void> BatchConsumer::count(const ImportedEvent& imported)
{
    bool isNew = false;
    StreamVersion& version = m_streams.versionOf(imported.stream, isNew);
    if (isNew && !m_storeIsEmpty && imported.version != 0) {
        const auto known = m_store.findStream(imported.stream);
        if (!known)
            return known.error();
        version = known->has_value() ? (*known)->headVersion : 0;
    }
    ++version;
    ++m_events;
    m_renumbered += imported.version != 0 && imported.version != version ? 1 : 0;
    return {};
}

} // namespace eventloupe
