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
    summary.streams = m_streams;
    summary.renumbered = m_renumbered;
    if (m_renumbered > 0)
        summary.notes.append(ExchangeText::tr(
            "%n event(s) got another version than the file says: events are numbered in the order "
            "of their stream.",
            nullptr, static_cast<int>(m_renumbered)));
}

Result<void> BatchConsumer::count(const ImportedEvent& imported)
{
    ++m_events;
    if (imported.ordinal == 1) {
        ++m_streams;
        if (const Result<void> looked = lookBefore(imported.stream); !looked)
            return looked;
    }
    if (imported.version == 0)
        return {};
    const StreamVersion before = m_storeIsEmpty ? 0 : m_before.knownCountOf(imported.stream);
    m_renumbered += imported.version != before + imported.ordinal ? 1 : 0;
    return {};
}

/// Remembers a stream's version before this import wrote to it.
Result<void> BatchConsumer::lookBefore(const QString& stream)
{
    if (m_storeIsEmpty)
        return {};
    const auto known = m_store.findStream(stream);
    if (!known)
        return known.error();
    if (known->has_value())
        m_before.countOf(stream) = (*known)->headVersion;
    return {};
}

} // namespace eventloupe
