#include "watch/watchrunner.h"

#include "watch/watchexpression.h"
#include "watch/watchfollower.h"
#include "watch/watchrun.h"

#include <algorithm>
#include <iterator>
#include <mutex>

namespace eventloupe {

namespace {

constexpr int drainMilliseconds = 50;

} // namespace

/// Points on their way from the worker.
struct WatchRunner::Feed {
    std::mutex mutex; ///< Guards what follows.
    std::vector<WatchPoint> points; ///< Of the first ones, with all that is shown of them.
    std::vector<Position> positions; ///< Of all.
    std::size_t detailed = 0; ///< Points that were given so far.
    Position done = 0;

    void take(std::vector<WatchPoint>&& found)
    {
        const std::scoped_lock lock(mutex);
        for (WatchPoint& point : found) {
            positions.push_back(point.position);
            if (detailed == mostDetailed)
                continue;
            points.push_back(std::move(point));
            ++detailed;
        }
    }
};

WatchRunner::WatchRunner(StoreClient& client, QObject* parent)
    : QObject(parent)
    , m_client(client)
{
    m_drain.setInterval(drainMilliseconds);
    connect(&m_drain, &QTimer::timeout, this, &WatchRunner::drain);
    connect(&client, &StoreClient::headChanged, this, &WatchRunner::followOn);
    connect(&client, &StoreClient::closed, this, &WatchRunner::reset);
}

WatchRunner::~WatchRunner()
{
    m_token.cancel();
}

Result<void> WatchRunner::start(
    const WatchSetting& setting, const std::shared_ptr<const Workspace>& workspace)
{
    const auto prepared = prepare(setting, workspace);
    if (prepared)
        begin();
    return prepared;
}

void WatchRunner::begin()
{
    if (m_client.isOpen() && m_request.expression)
        run();
}

Result<void> WatchRunner::prepare(
    const WatchSetting& setting, const std::shared_ptr<const Workspace>& workspace)
{
    const QByteArray source = setting.expression.toUtf8();
    const auto expression = WatchExpression::compile(viewOf(source));
    if (!expression)
        return expression.error();
    m_setting = setting;
    m_workspace = workspace;
    m_request = {};
    m_request.expression = *expression;
    m_request.scope = setting.scope;
    reset();
    return {};
}

void WatchRunner::reset()
{
    m_token.cancel();
    m_drain.stop();
    m_feed.reset();
    m_follower.reset();
    m_isFollowing = false;
    m_error.clear();
    m_points.clear();
    m_positions.clear();
    m_count = 0;
    m_events = 0;
    m_doneTo = 0;
    m_failures = {};
    emit restarted();
    setState(State::Idle);
}

void WatchRunner::run()
{
    m_feed = std::make_shared<Feed>();
    m_drain.start();
    setState(State::Running);
    m_token = m_client.run<WatchSummary>(
        StoreClient::Lane::Scan, this,
        [feed = m_feed, request = m_request, workspace = m_workspace](
            EventStore& store, const CancelToken& cancel) {
            const auto take = [&](std::vector<WatchPoint>&& points) {
                feed->take(std::move(points));
                return true;
            };
            return runWatch(store, Evolver(workspace), request, cancel, take, [&](Position done) {
                const std::scoped_lock lock(feed->mutex);
                feed->done = done;
            });
        },
        [this](const Result<WatchSummary>& summary) { finish(summary); });
}

void WatchRunner::drain()
{
    std::vector<WatchPoint> points;
    std::vector<Position> positions;
    {
        const std::scoped_lock lock(m_feed->mutex);
        points.swap(m_feed->points);
        positions.swap(m_feed->positions);
        m_doneTo = m_feed->done;
    }
    add(std::move(points), positions);
    emit changed();
}

void WatchRunner::finish(const Result<WatchSummary>& summary)
{
    m_drain.stop();
    drain();
    if (!summary) {
        m_error = summary.error().message;
        setState(State::Failed);
        return;
    }
    m_failures = summary->failures;
    m_events = summary->events;
    m_doneTo = summary->to;
    m_follower
        = std::make_shared<WatchFollower>(std::make_shared<const Evolver>(m_workspace), m_request);
    setState(State::Following);
    followOn();
}

void WatchRunner::cancel()
{
    if (m_state != State::Running)
        return;
    m_token.cancel();
    m_drain.stop();
    drain();
    setState(State::Cancelled);
}

void WatchRunner::followOn()
{
    if (m_state != State::Following || m_isFollowing || m_doneTo >= m_client.head())
        return;
    m_isFollowing = true;
    m_token = m_client.run<WatchFollower::Found>(
        StoreClient::Lane::Scan, this,
        [follower = m_follower, from = m_doneTo, to = m_client.head()](
            EventStore& store, const CancelToken&) { return follower->lookOn(store, from, to); },
        [this](const Result<WatchFollower::Found>& found) {
            m_isFollowing = false;
            if (!found) {
                m_error = found.error().message;
                setState(State::Failed);
                return;
            }
            m_doneTo = found->to;
            m_events += found->events;
            m_failures.add(found->failures);
            std::vector<Position> positions;
            for (const WatchPoint& point : found->points)
                positions.push_back(point.position);
            add(std::vector<WatchPoint>(found->points), positions);
            emit changed();
            followOn();
        });
}

void WatchRunner::add(std::vector<WatchPoint>&& points, const std::vector<Position>& positions)
{
    if (positions.empty())
        return;
    const std::size_t first = m_points.size();
    m_count += static_cast<qint64>(positions.size());
    const auto most = [](std::size_t held, std::size_t bound, std::size_t more) {
        return static_cast<std::ptrdiff_t>(std::min(bound - std::min(held, bound), more));
    };
    m_positions.insert(m_positions.end(), positions.begin(),
        positions.begin() + most(m_positions.size(), mostPositions, positions.size()));
    m_points.insert(m_points.end(), std::make_move_iterator(points.begin()),
        std::make_move_iterator(
            points.begin() + most(m_points.size(), mostDetailed, points.size())));
    emit pointsAdded(first);
}

Position WatchRunner::next(Position position) const
{
    const auto found = std::upper_bound(m_positions.begin(), m_positions.end(), position);
    return found == m_positions.end() ? 0 : *found;
}

Position WatchRunner::previous(Position position) const
{
    const auto found = std::lower_bound(m_positions.begin(), m_positions.end(), position);
    return found == m_positions.begin() ? 0 : *std::prev(found);
}

void WatchRunner::setState(State state)
{
    m_state = state;
    emit changed();
}

} // namespace eventloupe
