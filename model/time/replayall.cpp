#include "time/replayer.h"

#include "store/maskedeventstore.h"
#include "time/replaydigest.h"
#include "time/replayshard.h"
#include "time/shardedfold.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <memory>
#include <vector>

namespace eventloupe {

namespace {

constexpr qint64 progressInterval = 10'000;

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

Error cancelled()
{
    return { ErrorCode::Cancelled,
        QCoreApplication::translate("Replayer", "The replay was cancelled.") };
}

Result<ReplaySummary> summaryOf(
    const std::vector<std::unique_ptr<ReplayShard>>& shards, const CancelToken& cancel)
{
    ReplaySummary summary;
    for (const auto& shard : shards) {
        summary.events += shard->events();
        summary.failures += shard->failures();
        summary.streams += static_cast<qint64>(shard->streams());
        for (std::size_t stream = 0; stream < shard->streams(); ++stream)
            summary.existing += shard->state(stream).exists ? 1 : 0;
    }
    summary.digest = replayDigest(shards, cancel);
    if (cancel.isCancelled())
        return cancelled();
    return summary;
}

Result<ReplaySummary> replay(EventStore& store, const Evolver& evolver, Position to,
    const CancelToken& cancel, const std::function<void(Position)>& progress)
{
    ShardedFold<ReplayShard> log(trueStore(store), to, foldColumns(evolver), cancel);
    ProgressSteps steps(progress, cancel);
    const auto make
        = [&](std::size_t number) { return std::make_unique<ReplayShard>(evolver, number); };
    const auto fold = [](ReplayShard& shard, const ReplayPiece& piece) { shard.fold(piece); };
    const auto pass = [&](const ReplayPiece& piece) {
        steps.pass(piece.last);
        return true;
    };
    if (const auto folded = log.run(make, fold, pass); !folded)
        return cancel.isCancelled() ? cancelled() : folded.error();
    return summaryOf(log.shards(), cancel);
}

} // namespace

Result<ReplaySummary> replayAll(EventStore& store, const Evolver& evolver, Position to,
    const CancelToken& cancel, const std::function<void(Position)>& progress)
{
    QElapsedTimer timer;
    timer.start();
    const auto head = store.head();
    if (!head)
        return head.error();
    auto summary = replay(store, evolver, std::min(to, *head), cancel, progress);
    if (summary)
        summary->seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    return summary;
}

} // namespace eventloupe
