#pragma once

#include <atomic>
#include <memory>

namespace eventloupe {

/// A flag that one thread sets and another looks at between two steps of its work.
/// Copies share the flag. Thread-safe.
class CancelToken {
public:
    CancelToken()
        : m_cancelled(std::make_shared<std::atomic<bool>>(false))
    {
    }

    void cancel() const { m_cancelled->store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool isCancelled() const { return m_cancelled->load(std::memory_order_relaxed); }

private:
    std::shared_ptr<std::atomic<bool>> m_cancelled;
};

} // namespace eventloupe
