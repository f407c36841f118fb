#pragma once

#include <QtGlobal>

#include <atomic>
#include <memory>

namespace eventloupe {

/// How many folded states are kept and what they take, as estimated: written by the thread that
/// folds, looked at by whoever shows it. Copies share the figures. Thread-safe.
class CheckpointFigures {
public:
    explicit CheckpointFigures(qint64 maximumBytes)
        : m_figures(std::make_shared<Figures>())
        , m_maximumBytes(maximumBytes)
    {
    }

    void note(qint64 count, qint64 bytes) const
    {
        m_figures->count.store(count, std::memory_order_relaxed);
        m_figures->bytes.store(bytes, std::memory_order_relaxed);
    }
    [[nodiscard]] qint64 count() const { return m_figures->count.load(std::memory_order_relaxed); }
    [[nodiscard]] qint64 bytes() const { return m_figures->bytes.load(std::memory_order_relaxed); }
    [[nodiscard]] qint64 maximumBytes() const { return m_maximumBytes; }

private:
    struct Figures {
        std::atomic<qint64> count { 0 };
        std::atomic<qint64> bytes { 0 };
    };
    std::shared_ptr<Figures> m_figures;
    qint64 m_maximumBytes;
};

} // namespace eventloupe
