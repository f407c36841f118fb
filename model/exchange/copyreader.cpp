#include "exchange/copyreader.h"

#include "exchange/exchangetext.h"

#include <algorithm>
#include <utility>

namespace eventloupe {

namespace {

constexpr std::size_t batchEvents = 512;
constexpr std::size_t batchBytes = std::size_t(1024) * 1024;
/// A transaction of large events ends here, so that it does not need the disk twice.
constexpr std::size_t transactionBytes = std::size_t(512) * 1024 * 1024;

Error refused(Position position, const QString& reason)
{
    return { ErrorCode::InvalidInput, ExchangeText::tr("Event %1: %2").arg(position).arg(reason) };
}

} // namespace

CopyReader::CopyReader(EventStore& store, BatchQueue& queue, const CancelToken& cancel)
    : m_store(store)
    , m_queue(queue)
    , m_cancel(cancel)
{
}

void CopyReader::run(Position from, Position to, const Sizes& sizes)
{
    Result<void> read = start(from);
    for (qint64 size = sizes.first; read && m_next <= to; size = sizes.next) {
        read = readTransaction(m_next, std::min(m_next + size - 1, to));
        if (m_isClosed || m_cancel.isCancelled())
            return;
    }
    if (read)
        return;
    m_batch.fault = std::make_shared<const Error>(read.error());
    flush(false);
}

Result<void> CopyReader::start(Position from)
{
    m_next = from;
    const auto hash = m_store.hashAt(from - 1);
    if (!hash)
        return hash.error();
    m_hash = *hash;
    return {};
}

Result<void> CopyReader::readTransaction(Position from, Position to)
{
    m_hashBefore = m_hash;
    m_bytes = 0;
    Result<void> outcome;
    const auto scanned = m_store.scanLog(from, to, allScanColumns, m_cancel,
        [&](const EventView& event) { return take(event, outcome); });
    if (m_isClosed || m_cancel.isCancelled())
        return {};
    if (!scanned)
        return scanned;
    if (!outcome)
        return outcome;
    if (m_next <= to && m_bytes < transactionBytes)
        return Error { ErrorCode::Corrupt,
            ExchangeText::tr("%1 has no event %2").arg(m_store.location()).arg(m_next) };
    if (const auto fits = checkHash(from); !fits)
        return fits;
    flush(true);
    return {};
}

/// False ends the transaction: refused, closed, cancelled, or large enough.
bool CopyReader::take(const EventView& event, Result<void>& outcome)
{
    if (m_cancel.isCancelled() || event.position != m_next)
        return false;
    outcome = add(event);
    if (!outcome)
        return false;
    if (m_hash)
        m_hash = m_chain.next(*m_hash, event);
    ++m_next;
    m_bytes += event.data.size() + event.metadata.size();
    const bool isFull
        = m_batch.events.size() >= batchEvents || m_batch.events.bytes() >= batchBytes;
    return (!isFull || flush(false)) && m_bytes < transactionBytes;
}

Result<void> CopyReader::add(const EventView& event)
{
    EventTexts texts { event.stream, event.type, event.id, event.time, {}, {} };
    // A store gives an event without an id one of its own.
    if (event.id.empty())
        return refused(event.position, ExchangeText::tr("it has no id"));
    const auto payload
        = [&](CheckedJson& into, std::string_view text, const QString& name) -> Result<void> {
        const auto fault = into.check(text);
        if (!fault)
            return {};
        return refused(event.position,
            ExchangeText::tr("the %1 is not JSON: byte %2: %3")
                .arg(name)
                .arg(fault->offset)
                .arg(fault->reason));
    };
    if (auto data = payload(texts.data, event.data, ExchangeText::tr("data")); !data)
        return data;
    if (auto meta = payload(texts.metadata, event.metadata, ExchangeText::tr("metadata")); !meta)
        return meta;
    if (const auto added = m_batch.events.add(texts); !added)
        return refused(event.position, added.error().message);
    m_batch.origins.push_back({ event.position, event.version });
    return {};
}

Result<void> CopyReader::checkHash(Position from)
{
    if (!m_hash)
        return {};
    const auto stored = m_store.hashAt(m_next - 1);
    if (!stored)
        return stored.error();
    if (*stored == m_hash)
        return {};
    const Position first = firstUnfitting(from);
    return Error { ErrorCode::Corrupt,
        ExchangeText::tr("Event %1 of %2 does not fit its hash chain: it, or the event before it, "
                         "was changed. \"eventloupe verify\" tells more")
            .arg(first)
            .arg(m_store.location()) };
}

/// In a transaction whose last hash does not fit.
Position CopyReader::firstUnfitting(Position from)
{
    std::vector<EventHash> hashes;
    EventHash hash = *m_hashBefore;
    const auto scanned
        = m_store.scanLog(from, m_next - 1, allScanColumns, m_cancel, [&](const EventView& event) {
              hashes.push_back(hash = m_chain.next(hash, event));
              return !m_cancel.isCancelled();
          });
    for (std::size_t i = 0; scanned && i < hashes.size() && !m_cancel.isCancelled(); ++i) {
        const auto position = from + static_cast<Position>(i);
        const auto stored = m_store.hashAt(position);
        if (!stored || *stored != hashes[i])
            return position;
    }
    return m_next - 1;
}

bool CopyReader::flush(bool isLast)
{
    m_batch.bytesDone = m_next - 1;
    m_batch.last = isLast;
    const std::size_t bytes = m_batch.events.bytes();
    m_isClosed = !m_queue.push(std::exchange(m_batch, ImportBatch()));
    if (m_isClosed)
        return false;
    m_batch.events.reserve(batchEvents, bytes + bytes / 8);
    m_batch.origins.reserve(batchEvents);
    return true;
}

} // namespace eventloupe
