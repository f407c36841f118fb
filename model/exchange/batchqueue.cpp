#include "exchange/batchqueue.h"

#include <chrono>

namespace eventloupe {

namespace {
constexpr std::size_t capacity = 8;
}

bool BatchQueue::push(ImportBatch batch)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_closed || m_batches.size() < capacity; });
    if (m_closed)
        return false;
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
    m_changed.notify_all();
    return batch;
}

void BatchQueue::close()
{
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    m_changed.notify_all();
}

} // namespace eventloupe
