#include "time/replayer.h"

#include "store/fileidentity.h"
#include "store/maskedeventstore.h"
#include "time/replaydigest.h"
#include "time/replayorder.h"
#include "time/replayscanner.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <future>
#include <memory>
#include <system_error>
#include <thread>
#include <vector>

namespace eventloupe {

namespace {

constexpr qint64 progressInterval = 10'000;
constexpr Position eventsWorthThreads = 20'000;

/// Calls back once an interval, on the thread that asked for the replay.
class ProgressSteps {
public:
    ProgressSteps(const std::function<void(Position)>& progress, const CancelToken& cancel)
        : m_progress(progress)
        , m_cancel(cancel)
    {
    }
    void pass(Position position)
    {
        while (m_progress && m_reported + progressInterval <= position && !m_cancel.isCancelled()) {
            m_reported += progressInterval;
            m_progress(m_reported);
        }
    }

private:
    const std::function<void(Position)>& m_progress;
    const CancelToken& m_cancel;
    Position m_reported = 0;
};

/// A replay that is going on: a worker on the caller's thread and, where that pays, others, each
/// with a connection and a shard of its own.
class Replay {
public:
    Replay(EventStore& store, const Evolver& evolver, Position to, const CancelToken& cancel)
        : m_store(trueStore(store))
        , m_location(store.location())
        , m_identity(identityOf(store))
        , m_evolver(evolver)
        , m_to(to)
        , m_cancel(cancel)
        , m_columns(foldColumns(evolver))
    {
    }

    Result<ReplaySummary> run(const std::function<void(Position)>& progress)
    {
        startThreads();
        makeShards();
        ProgressSteps steps(progress, m_cancel);
        m_start.set_value();
        work(0, &m_store, [&](const ReplayPiece& piece) { steps.pass(piece.last); });
        for (std::thread& thread : m_threads)
            thread.join();
        if (m_cancel.isCancelled())
            return cancelled();
        if (m_order->error())
            return *m_order->error();
        if (m_isReplaced.load())
            return replacedError(m_location);
        return summary();
    }

private:
    static Error cancelled()
    {
        return { ErrorCode::Cancelled,
            QCoreApplication::translate("Replayer", "The replay was cancelled.") };
    }

    /// They wait until it is known how many there are.
    void startThreads()
    {
        const int wanted
            = m_to >= eventsWorthThreads ? std::clamp(QThread::idealThreadCount(), 1, 8) : 1;
        const std::shared_future<void> start = m_start.get_future().share();
        for (std::size_t shard = 1; shard < static_cast<std::size_t>(wanted); ++shard) {
            try {
                m_threads.emplace_back([this, shard, start] {
                    start.wait();
                    // Who gets no connection folds what others read.
                    const auto store = openBeside(m_location, m_identity);
                    if (!store && isReplaced(m_location, m_identity))
                        m_isReplaced.store(true);
                    work(shard, store ? store->get() : nullptr, [](const ReplayPiece&) {});
                });
            } catch (const std::system_error&) {
                return; // Out of threads: fewer do it, slower and as well.
            }
        }
    }

    void makeShards()
    {
        const std::size_t count = m_threads.size() + 1;
        m_order = std::make_unique<ReplayOrder>(m_to, count, m_cancel);
        const auto streams = m_store.streamCountAt(m_to);
        if (streams && m_store.hasLinkedStreams())
            m_order->expectLinkedStreams(*streams);
        for (std::size_t number = 0; number < count; ++number) {
            m_shards.push_back(std::make_unique<ReplayShard>(m_evolver, number));
            if (streams) // What a damaged store says is no reason to take all memory.
                m_shards.back()->reserve(
                    static_cast<std::size_t>(std::clamp<qint64>(*streams, 0, m_to)) / count + 1);
        }
    }

    template <class Passed> void work(std::size_t shard, EventStore* store, Passed passed)
    {
        std::optional<ReplayScanner> scanner;
        if (store != nullptr)
            scanner.emplace(*store, m_columns, m_shards.size());
        ReplayOrder::Range range;
        for (;;) {
            ReplayOrder::Task task = m_order->next(shard, scanner ? &range : nullptr);
            if (task.isNone())
                return;
            if (task.folded != nullptr) {
                m_shards[shard]->fold(*task.folded);
                passed(*task.folded);
                m_order->finish(shard);
                continue;
            }
            scanner->scan(*task.read, range.first, range.last, m_cancel);
            range.first = task.read->last + 1;
            m_order->publish(std::move(task.read));
        }
    }

    Result<ReplaySummary> summary() const
    {
        ReplaySummary summary;
        for (const auto& shard : m_shards) {
            summary.events += shard->events();
            summary.failures += shard->failures();
            summary.streams += static_cast<qint64>(shard->streams());
            for (std::size_t stream = 0; stream < shard->streams(); ++stream)
                summary.existing += shard->state(stream).exists ? 1 : 0;
        }
        summary.digest = replayDigest(m_shards, m_cancel);
        if (m_cancel.isCancelled())
            return cancelled();
        return summary;
    }

    EventStore& m_store;
    const QString m_location;
    const FileIdentity m_identity;
    std::atomic<bool> m_isReplaced { false };
    const Evolver& m_evolver;
    const Position m_to;
    const CancelToken m_cancel;
    const ScanColumns m_columns;
    std::promise<void> m_start;
    std::vector<std::thread> m_threads;
    std::unique_ptr<ReplayOrder> m_order;
    std::vector<std::unique_ptr<ReplayShard>> m_shards;
};

} // namespace

Result<ReplaySummary> replayAll(EventStore& store, const Evolver& evolver, Position to,
    const CancelToken& cancel, const std::function<void(Position)>& progress)
{
    QElapsedTimer timer;
    timer.start();
    const auto head = store.head();
    if (!head)
        return head.error();
    auto summary = Replay(store, evolver, std::min(to, *head), cancel).run(progress);
    if (summary)
        summary->seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    return summary;
}

} // namespace eventloupe
