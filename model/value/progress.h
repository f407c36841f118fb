#pragma once

#include <QtGlobal>

#include <atomic>
#include <memory>

namespace eventloupe {

/// How far a long piece of work is: written by the worker, looked at by whoever shows it.
/// Copies share the figures. Thread-safe.
class Progress {
public:
    /// What the figures are of. A later phase starts a count of its own.
    enum class Phase {
        Working, ///< The work itself: a file's bytes are read, a log is scanned.
        Indexing, ///< What was stored is indexed; done and total are of that.
        Saving, ///< All is brought to the disk; how far that is is not known.
        Verifying, ///< What was stored is read back and compared, an event each.
    };

    Progress()
        : m_figures(std::make_shared<Figures>())
    {
    }

    /// Units are the worker's: bytes of a file, events of a log. A total of 0 is unknown.
    void setTotal(qint64 total) const { m_figures->total.store(total, std::memory_order_relaxed); }
    void setDone(qint64 done) const { m_figures->done.store(done, std::memory_order_relaxed); }
    void setEvents(qint64 events) const
    {
        m_figures->events.store(events, std::memory_order_relaxed);
    }
    /// Begins a phase: done is 0 again.
    void begin(Phase phase, qint64 total) const
    {
        setDone(0);
        setTotal(total);
        m_figures->phase.store(phase, std::memory_order_relaxed);
    }
    [[nodiscard]] Phase phase() const { return m_figures->phase.load(std::memory_order_relaxed); }
    [[nodiscard]] qint64 total() const { return m_figures->total.load(std::memory_order_relaxed); }
    [[nodiscard]] qint64 done() const { return m_figures->done.load(std::memory_order_relaxed); }
    [[nodiscard]] qint64 events() const
    {
        return m_figures->events.load(std::memory_order_relaxed);
    }

private:
    struct Figures {
        std::atomic<Phase> phase { Phase::Working };
        std::atomic<qint64> total { 0 };
        std::atomic<qint64> done { 0 };
        std::atomic<qint64> events { 0 };
    };
    std::shared_ptr<Figures> m_figures;
};

} // namespace eventloupe
