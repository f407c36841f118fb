#include "watch/watchfollower.h"

#include "domain/shownstate.h"
#include "store/maskedeventstore.h"
#include "watch/watchtext.h"

#include <algorithm>
#include <limits>

namespace eventloupe {

namespace {

/// Tracks that are kept: beyond, all are begun again from their checkpoints.
constexpr std::size_t mostTracks = 1000;

/// An event as a scan shows it; it lives as long as its texts.
struct Shown {
    explicit Shown(const Event& event)
        : stream(event.stream.toUtf8())
        , type(event.type.toUtf8())
        , id(event.id.toUtf8())
        , view { event.position, event.streamId, viewOf(stream), event.version, viewOf(type),
            event.time, viewOf(id), viewOf(event.data), viewOf(event.metadata) }
    {
    }
    QByteArray stream;
    QByteArray type;
    QByteArray id;
    EventView view;
};

} // namespace

WatchFollower::WatchFollower(std::shared_ptr<const Evolver> evolver, WatchRequest request)
    : m_evolver(std::move(evolver))
    , m_request(std::move(request))
    , m_replayer(m_evolver)
{
}

Result<WatchFollower::Found> WatchFollower::lookOn(
    EventStore& shownStore, Position from, Position to)
{
    EventStore& store = trueStore(shownStore); // What is masked is not read: see admitWatch().
    const int count = static_cast<int>(std::min<Position>(to - from, eventsPerLook));
    Found found;
    found.to = from;
    if (count <= 0)
        return found;
    const auto events = store.readLog(from + 1, count);
    if (!events)
        return events.error();
    for (const Event& event : *events) {
        const bool isWatched = m_request.scope.kind == WatchScope::Kind::All
            || m_request.scope.name
                == (m_request.scope.kind == WatchScope::Kind::Stream ? event.stream
                                                                     : categoryOf(event.stream));
        if (isWatched) {
            const auto looked = look(store, event, found);
            if (!looked)
                return looked.error();
        }
        found.to = event.position;
    }
    return found;
}

Result<void> WatchFollower::look(EventStore& store, const Event& event, Found& found)
{
    const auto track = trackOf(store, event);
    if (!track)
        return track.error();
    Track& stream = **track;
    const Shown shown(event);
    const JsonValue previous = stream.state.value;
    (void)m_evolver->evolve(stream.state, shown.view);
    WatchOutcome now = evaluate(previous, stream.state.value, shown.view);
    ++found.events;
    const bool hasFailed = now.kind == WatchOutcome::Kind::Failed;
    if (hasFailed || now.kind == WatchOutcome::Kind::Absent) {
        const WatchFailure failure { event.position, event.streamId, shown.stream, event.version,
            shown.type, QString::fromUtf8(now.text) };
        WatchFailures one;
        one.failed = hasFailed ? 1 : 0;
        one.missing = hasFailed ? 0 : 1;
        if (hasFailed)
            one.listed.push_back(failure);
        found.failures.add(one);
    }
    if (isWatchPoint(stream.last, now))
        found.points.push_back({ event.position, event.streamId, shown.stream, event.version,
            shown.type, event.time, stream.last.json(), now.json() });
    stream.last = std::move(now);
    return {};
}

Result<WatchFollower::Track*> WatchFollower::trackOf(EventStore& store, const Event& event)
{
    const auto known = m_tracks.find(event.streamId);
    if (known != m_tracks.end() && known->second.state.version == event.version - 1)
        return &known->second;
    if (m_tracks.size() >= mostTracks)
        m_tracks.clear();
    const auto stream = store.findStream(event.stream);
    if (!stream)
        return stream.error();
    if (!*stream)
        return Error { ErrorCode::Corrupt,
            WatchText::tr("The stream %1 of event %2 cannot be found: the store is damaged.")
                .arg(event.stream, QString::number(event.position)) };
    auto track = trackAt(store, **stream, event.version - 1);
    if (!track)
        return track.error();
    return &m_tracks.insert_or_assign(event.streamId, std::move(*track)).first->second;
}

/// The outcome of an event depends on it and on the states beside it alone.
Result<WatchFollower::Track> WatchFollower::trackAt(
    EventStore& store, const StreamInfo& stream, StreamVersion version)
{
    Track track { m_evolver->initialState(stream.category), {} };
    if (version == 0)
        return track;
    const auto step = m_replayer.trueStepToVersion(store, stream, version, Replayer::unbounded);
    if (!step)
        return step.error();
    const auto events
        = store.readStream(stream.id, version - 1, std::numeric_limits<Position>::max(), 1);
    if (!events)
        return events.error();
    if (!*step || events->isEmpty())
        return Error { ErrorCode::Corrupt,
            WatchText::tr("Version %1 of %2 cannot be found: the store is damaged.")
                .arg(version)
                .arg(stream.name) };
    track.state = (*step)->now;
    track.last
        = evaluate((*step)->before.value, (*step)->now.value, Shown(events->constFirst()).view);
    return track;
}

WatchOutcome WatchFollower::evaluate(
    const JsonValue& previous, const JsonValue& state, const EventView& stored) const
{
    const WatchExpression& expression = *m_request.expression;
    const bool readsEvents
        = expression.uses(WatchVariable::Data) || expression.uses(WatchVariable::Event);
    QByteArray data;
    EventView event = stored;
    if (readsEvents) {
        const auto present = presentEvent(*m_evolver, stored, data);
        if (!present) {
            const Masks& masks = *m_evolver->workspace()->masks();
            const bool isHidden = hidesUpcastFailures(masks, stored.type);
            return { WatchOutcome::Kind::Failed,
                (isHidden ? Masks::hiddenReason() : present.error().message).toUtf8() };
        }
        event = *present;
    }
    return expression.evaluate({ &state, &previous, &event });
}

} // namespace eventloupe
