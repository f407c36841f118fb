#include "exchange/batchqueue.h"

#include <chrono>

namespace eventloupe {

namespace {

constexpr std::size_t mostBytes = std::size_t(64) * 1024 * 1024;

/// With what is kept of each event beside its texts.
std::size_t bytesOf(const ImportBatch& batch)
{
    constexpr std::size_t besideTexts = 80;
    return batch.events.bytes() + batch.events.size() * besideTexts;
}

} // namespace

bool BatchQueue::isFull() const
{
    return m_batches.size() >= m_mostBatches || m_bytes >= mostBytes;
}

bool BatchQueue::push(ImportBatch batch)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_closed || !isFull(); });
    if (m_closed)
        return false;
    m_bytes += bytesOf(batch);
    m_batches.push_back(std::move(batch));
    m_changed.notify_all();
    return true;
}

std::optional<ImportBatch> BatchQueue::pop(int milliseconds)
{
    std::unique_lock lock(m_mutex);
    if (!m_changed.wait_for(
            lock, std::chrono::milliseconds(milliseconds), [this] { return !m_batches.empty(); }))
        return std::nullopt;
    ImportBatch batch = std::move(m_batches.front());
    m_batches.pop_front();
    m_bytes -= bytesOf(batch);
    m_changed.notify_all();
    return batch;
}

bool BatchQueue::awaitFilled(int milliseconds)
{
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, std::chrono::milliseconds(milliseconds),
        [this] { return isFull() || (!m_batches.empty() && m_batches.back().last); });
}

void BatchQueue::close()
{
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    m_changed.notify_all();
}

} // namespace eventloupe
