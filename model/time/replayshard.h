#pragma once

#include "domain/evolver.h"

#include <QHash>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace eventloupe {

/// The states of every n-th stream, folded on a thread of its own while the log is scanned.
///
/// Streams do not depend on each other, so that each shard folds its own in order. Events are
/// handed over in batches by copy; a shard that falls behind makes add() wait. Where no thread can
/// be had, or none is wanted, add() folds at once.
class ReplayShard {
public:
    struct Stream {
        QByteArray name;
        AggregateState state;
    };

    /// Streams whose id leaves (id - 1) % shards == number belong to it.
    ReplayShard(const Evolver& evolver, qint64 shards);
    ~ReplayShard(); ///< Ends the thread; what is still queued is left out.
    Q_DISABLE_COPY_MOVE(ReplayShard)

    /// Folds on a thread from now on.
    void startThread();
    /// The event is copied. On the scanning thread.
    void add(const EventView& event);
    /// Waits until all is folded; the functions below may be called after it.
    void finish();

    /// In order of birth.
    [[nodiscard]] const std::vector<Stream>& streams() const { return m_streams; }
    [[nodiscard]] qint64 failures() const { return m_failures; }

private:
    struct PackedEvent;
    struct Batch {
        std::vector<PackedEvent> events;
        std::string bytes;
    };

    void fold(const EventView& event);
    void handOver();
    void serve();
    void endThread(bool isAbandoned);
    const AggregateState& initialStateOf(std::string_view stream);

    const Evolver& m_evolver;
    qint64 m_shards;
    std::vector<Stream> m_streams; ///< The thread's while it runs, as the two below.
    QHash<QByteArray, AggregateState> m_initialStates;
    qint64 m_failures = 0;

    std::thread m_thread;
    Batch m_filling; ///< The scanning thread's.
    std::mutex m_mutex; ///< Guards what is below.
    std::condition_variable m_changed;
    std::deque<Batch> m_queue;
    bool m_isClosed = false;
};

} // namespace eventloupe
