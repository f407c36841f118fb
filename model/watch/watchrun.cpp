#include "watch/watchrun.h"

#include "store/maskedeventstore.h"
#include "time/replayer.h"
#include "time/shardedfold.h"
#include "watch/watchshard.h"
#include "watch/watchtext.h"

#include <QElapsedTimer>

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace eventloupe {

namespace {

constexpr std::size_t pointsPerTake = 4096;

Error cancelledError()
{
    return { ErrorCode::Cancelled, WatchText::tr("The watch was cancelled.") };
}

/// What has to be read of each event.
ScanColumns columnsFor(const Evolver& evolver, const WatchExpression& expression)
{
    const auto& events = evolver.workspace()->events();
    const bool isUpcast = std::any_of(events.begin(), events.end(),
        [](const EventDefinition& event) { return !event.upcasts.isEmpty(); });
    const bool isFolded = expression.readsStates() || isUpcast;
    return expression.columns() | (isFolded ? foldColumns(evolver) : ScanColumns());
}

/// Hands points on, bounded by a request.
class Outlet {
public:
    Outlet(const WatchRequest& request, const TakeWatchPoints& take)
        : m_limit(request.limit)
        , m_take(take)
    {
    }
    /// False where that was enough.
    bool give(std::vector<WatchPoint>&& points)
    {
        if (points.empty() || m_isOver)
            return !m_isOver;
        if (m_limit > 0 && m_points + static_cast<qint64>(points.size()) >= m_limit) {
            points.resize(static_cast<std::size_t>(m_limit - m_points));
            m_isOver = true;
        }
        m_points += static_cast<qint64>(points.size());
        m_isOver = !m_take(std::move(points)) || m_isOver;
        return !m_isOver;
    }
    [[nodiscard]] qint64 points() const { return m_points; }
    [[nodiscard]] bool isOver() const { return m_isOver; }

private:
    const qint64 m_limit;
    const TakeWatchPoints& m_take;
    qint64 m_points = 0;
    bool m_isOver = false;
};

/// A watch over many streams.
class LogWatch {
public:
    LogWatch(EventStore& store, const Evolver& evolver, const WatchRequest& request, Position to,
        const CancelToken& cancel)
        : m_log(store, to, columnsFor(evolver, *request.expression), cancel)
        , m_evolver(evolver)
        , m_request(request)
        , m_to(to)
        , m_cancel(cancel)
    {
    }

    Result<WatchSummary> run(Outlet& outlet, const std::function<void(Position)>& progress)
    {
        const auto make = [this](std::size_t number) {
            return std::make_unique<WatchShard>(m_evolver, m_request, number);
        };
        const auto fold = [this](WatchShard& shard, const ReplayPiece& piece) {
            shard.fold(piece, m_cancel);
        };
        const auto pass = [&](const ReplayPiece&) { return hand(outlet, progress); };
        const auto folded = m_log.run(make, fold, pass);
        if (m_cancel.isCancelled())
            return cancelledError();
        // What came after the last point that was wanted is of no interest.
        if (!folded && !outlet.isOver())
            return folded.error();
        hand(outlet, progress);
        return summary(outlet);
    }

private:
    /// Hands on what all shards have passed, in order; false where that was enough.
    bool hand(Outlet& outlet, const std::function<void(Position)>& progress)
    {
        Position done = m_to;
        for (const auto& shard : m_log.shards())
            done = std::min(done, shard->take(m_waiting));
        const auto before = [](const WatchPoint& left, const WatchPoint& right) {
            return left.position < right.position;
        };
        std::sort(m_waiting.begin(), m_waiting.end(), before);
        const auto end = std::find_if(m_waiting.begin(), m_waiting.end(),
            [&](const WatchPoint& point) { return point.position > done; });
        std::vector<WatchPoint> points(
            std::make_move_iterator(m_waiting.begin()), std::make_move_iterator(end));
        m_waiting.erase(m_waiting.begin(), end);
        m_done = done;
        if (progress && done > 0)
            progress(done);
        return outlet.give(std::move(points));
    }

    WatchSummary summary(const Outlet& outlet) const
    {
        WatchSummary summary;
        summary.to = m_done;
        summary.points = outlet.points();
        for (const auto& shard : m_log.shards()) {
            summary.events += shard->done().events();
            summary.failures.add(shard->done().failures());
        }
        return summary;
    }

    ShardedFold<WatchShard> m_log;
    const Evolver& m_evolver;
    const WatchRequest& m_request;
    const Position m_to;
    const CancelToken m_cancel;
    std::vector<WatchPoint> m_waiting; ///< Found, while another shard has not come that far.
    Position m_done = 0;
};

Result<WatchSummary> runOnStream(EventStore& store, const Evolver& evolver,
    const WatchRequest& request, Position to, const CancelToken& cancel, Outlet& outlet,
    const std::function<void(Position)>& progress)
{
    const auto stream = store.findStream(request.scope.name);
    if (!stream)
        return stream.error();
    if (!*stream)
        return Error { ErrorCode::NotFound,
            WatchText::tr("There is no stream %1.").arg(request.scope.name) };
    WatchFold fold(evolver, request);
    const QByteArray name = request.scope.name.toUtf8();
    WatchFold::Track track;
    fold.begin(track, viewOf(name));
    std::vector<WatchPoint> points;
    Position last = 0;
    const auto visit = [&](EventView event) {
        event.stream = viewOf(name);
        event.streamId = (*stream)->id;
        last = event.position;
        const bool isPoint = fold.look(track, fold.type(event.type), event);
        if (isPoint && event.position >= request.from)
            points.push_back(fold.point(event));
        // The first one at once, the others in bundles.
        if (points.size() >= pointsPerTake || (outlet.points() == 0 && !points.empty()))
            return outlet.give(std::exchange(points, {})) && !cancel.isCancelled();
        if (static_cast<quint64>(fold.events()) % pointsPerTake == 0 && progress)
            progress(event.position);
        return !cancel.isCancelled();
    };
    const auto scanned
        = store.scanStream((*stream)->id, 0, to, columnsFor(evolver, *request.expression), visit);
    if (cancel.isCancelled())
        return cancelledError();
    if (!scanned)
        return scanned.error();
    outlet.give(std::move(points));
    WatchSummary summary { outlet.isOver() ? last : to, fold.events(), outlet.points(), {}, 0 };
    summary.failures.add(fold.failures());
    return summary;
}

} // namespace

Result<WatchSummary> runWatch(EventStore& shownStore, const Evolver& evolver,
    const WatchRequest& request, const CancelToken& cancel, const TakeWatchPoints& take,
    const std::function<void(Position)>& progress)
{
    QElapsedTimer timer;
    timer.start();
    if (const auto admitted = admitWatch(*evolver.workspace()->masks(), request); !admitted)
        return admitted.error();
    const auto head = shownStore.head();
    if (!head)
        return head.error();
    EventStore& store = trueStore(shownStore);
    const Position to = std::min(request.to, *head);
    Outlet outlet(request, take);
    auto summary = request.scope.kind == WatchScope::Kind::Stream
        ? runOnStream(store, evolver, request, to, cancel, outlet, progress)
        : LogWatch(store, evolver, request, to, cancel).run(outlet, progress);
    if (summary)
        summary->seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    return summary;
}

} // namespace eventloupe
