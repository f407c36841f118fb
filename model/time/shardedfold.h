#pragma once

#include "store/fileidentity.h"
#include "time/replayorder.h"
#include "time/replayscanner.h"

#include <QThread>

#include <algorithm>
#include <atomic>
#include <future>
#include <memory>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

namespace eventloupe {

/// Reads a log once and folds it in shards: one on the caller's thread and, where that pays,
/// others, each with a thread and a connection of its own.
///
/// A Shard knows its number from its making, and has reserve(streams).
template <class Shard> class ShardedFold {
public:
    /// Events 1..to of a store that shows all of each event.
    ShardedFold(EventStore& store, Position to, ScanColumns columns, const CancelToken& cancel)
        : m_store(store)
        , m_location(store.location())
        , m_identity(identityOf(store))
        , m_to(to)
        , m_columns(columns)
        , m_cancel(cancel)
    {
    }

    /// `make(number)` gives a shard; `fold(shard, piece)` is called on the shard's thread;
    /// `pass(piece)` on the caller's once its shard has folded a piece: false ends it all.
    /// Fails as reading does, with Cancelled, and where the store's file was replaced meanwhile.
    template <class Make, class Fold, class Pass>
    Result<void> run(const Make& make, const Fold& fold, const Pass& pass)
    {
        std::promise<void> start;
        std::vector<std::thread> threads = startThreads(start.get_future().share(), fold);
        makeShards(make, threads.size() + 1);
        start.set_value();
        work(0, &m_store, fold, pass);
        for (std::thread& thread : threads)
            thread.join();
        if (m_cancel.isCancelled())
            return cancelled();
        if (m_order->error())
            return *m_order->error();
        if (m_isReplaced.load())
            return replacedError(m_location);
        return {};
    }

    [[nodiscard]] const std::vector<std::unique_ptr<Shard>>& shards() const { return m_shards; }

private:
    static Error cancelled() { return { ErrorCode::Cancelled, QStringLiteral("cancelled") }; }

    /// They wait until it is known how many there are.
    template <class Fold>
    std::vector<std::thread> startThreads(const std::shared_future<void>& start, const Fold& fold)
    {
        constexpr Position eventsWorthThreads = 20'000;
        const int wanted
            = m_to >= eventsWorthThreads ? std::clamp(QThread::idealThreadCount(), 1, 8) : 1;
        std::vector<std::thread> threads;
        for (std::size_t shard = 1; shard < static_cast<std::size_t>(wanted); ++shard) {
            try {
                threads.emplace_back([this, shard, start, &fold] {
                    start.wait();
                    // Who gets no connection folds what others read.
                    const auto store = openBeside(m_location, m_identity);
                    if (!store && isReplaced(m_location, m_identity))
                        m_isReplaced.store(true);
                    work(shard, store ? store->get() : nullptr, fold,
                        [](const ReplayPiece&) { return true; });
                });
            } catch (const std::system_error&) {
                break; // Out of threads: fewer do it, slower and as well.
            }
        }
        return threads;
    }

    template <class Make> void makeShards(const Make& make, std::size_t count)
    {
        m_order = std::make_unique<ReplayOrder>(m_to, count, m_cancel);
        const auto streams = m_store.streamCountAt(m_to);
        if (streams && m_store.hasLinkedStreams())
            m_order->expectLinkedStreams(*streams);
        for (std::size_t number = 0; number < count; ++number) {
            m_shards.push_back(make(number));
            if (streams) // What a damaged store says is no reason to take all memory.
                m_shards.back()->reserve(
                    static_cast<std::size_t>(std::clamp<qint64>(*streams, 0, m_to)) / count + 1);
        }
    }

    template <class Fold, class Pass>
    void work(std::size_t shard, EventStore* store, const Fold& fold, const Pass& pass)
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
                fold(*m_shards[shard], *task.folded);
                if (!pass(*task.folded)) {
                    m_order->fail(cancelled());
                    return;
                }
                m_order->finish(shard);
                continue;
            }
            scanner->scan(*task.read, range.first, range.last, m_cancel);
            range.first = task.read->last + 1;
            m_order->publish(std::move(task.read));
        }
    }

    EventStore& m_store;
    const QString m_location;
    const FileIdentity m_identity;
    const Position m_to;
    const ScanColumns m_columns;
    const CancelToken m_cancel;
    std::atomic<bool> m_isReplaced { false };
    std::unique_ptr<ReplayOrder> m_order;
    std::vector<std::unique_ptr<Shard>> m_shards;
};

} // namespace eventloupe
