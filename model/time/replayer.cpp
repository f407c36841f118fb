#include "time/replayer.h"

#include "domain/shownstate.h"
#include "mask/masks.h"
#include "store/maskedeventstore.h"
#include "time/statecheckpoints.h"
#include "time/statetrail.h"

#include <algorithm>

namespace eventloupe {

/// One fold: where it stands, where it goes, and what it hands back.
struct Replayer::Fold {
    AggregateState state;
    StreamVersion target = 0;
    qint64 budget = unbounded;
    StateStep* step = nullptr; ///< Receives the state before the target and the target's type.
};

Replayer::Replayer(
    std::shared_ptr<const Evolver> evolver, qint64 maximumCheckpointBytes, Blame blame)
    : m_evolver(std::move(evolver))
    , m_blame(blame)
    , m_checkpoints(
          std::make_unique<StateCheckpoints>(maximumCheckpointBytes - maximumCheckpointBytes / 8))
    , m_trail(std::make_unique<StateTrail>(maximumCheckpointBytes / 8))
    , m_figures(maximumCheckpointBytes)
{
}

Replayer::~Replayer() = default;

Result<AggregateState> Replayer::stateAt(
    EventStore& store, const StreamInfo& stream, Position position)
{
    const auto version = store.versionAt(stream.id, position);
    if (!version)
        return version.error();
    return stateAtVersion(store, stream, *version);
}

Result<AggregateState> Replayer::stateAtVersion(
    EventStore& store, const StreamInfo& stream, StreamVersion version)
{
    const auto state = stateWithin(store, stream, version, unbounded);
    if (!state)
        return state.error();
    return **state;
}

Result<std::optional<AggregateState>> Replayer::stateWithin(
    EventStore& store, const StreamInfo& stream, StreamVersion version, qint64 maximumEvents)
{
    auto state = trueStateWithin(store, stream, version, maximumEvents);
    if (state && *state)
        **state = shownState(
            std::move(**state), *m_evolver->workspace()->masks(), stream.category);
    return state;
}

Result<std::optional<AggregateState>> Replayer::trueStateWithin(
    EventStore& store, const StreamInfo& stream, StreamVersion version, qint64 maximumEvents)
{
    Fold work { startOf(stream, version), version, maximumEvents, nullptr };
    const auto reached = fold(store, stream, work);
    if (!reached)
        return reached.error();
    if (!*reached)
        return std::optional<AggregateState>();
    return std::optional(std::move(work.state));
}

Result<std::optional<StateStep>> Replayer::stepWithin(
    EventStore& store, const StreamInfo& stream, Position position, qint64 maximumEvents)
{
    const auto version = store.versionAt(stream.id, position);
    if (!version)
        return version.error();
    return stepToVersion(store, stream, *version, maximumEvents);
}

Result<std::optional<StateStep>> Replayer::stepToVersion(
    EventStore& store, const StreamInfo& stream, StreamVersion version, qint64 maximumEvents)
{
    auto step = trueStepToVersion(store, stream, version, maximumEvents);
    if (!step || !*step)
        return step;
    const Masks& masks = *m_evolver->workspace()->masks();
    (*step)->before = shownState(std::move((*step)->before), masks, stream.category);
    (*step)->now = shownState(std::move((*step)->now), masks, stream.category);
    return step;
}

Result<std::optional<StateStep>> Replayer::trueStepToVersion(
    EventStore& store, const StreamInfo& stream, StreamVersion version, qint64 maximumEvents)
{
    StateStep step;
    Fold work { startOf(stream, version - 1), version, maximumEvents, &step };
    step.before = work.state;
    const auto reached = fold(store, stream, work);
    if (!reached)
        return reached.error();
    if (!*reached)
        return std::optional<StateStep>();
    step.now = std::move(work.state);
    return std::optional(std::move(step));
}

StreamVersion Replayer::keptUpTo(const StreamInfo& stream, StreamVersion version)
{
    return startOf(stream, version).version;
}

Result<bool> Replayer::markAhead(EventStore& store, const StreamInfo& stream, qint64 maximumEvents)
{
    const StreamVersion interval = m_checkpoints->interval(stream.id);
    if (m_checkpoints->lastMark(stream.id) + interval > stream.headVersion)
        return true;
    const StreamVersion lastPlace = stream.headVersion / interval * interval;
    const StreamVersion target
        = std::min(lastPlace, keptUpTo(stream, lastPlace) + std::max<qint64>(maximumEvents, 1));
    const auto state = trueStateWithin(store, stream, target, maximumEvents);
    if (!state)
        return state.error();
    return false;
}

void Replayer::reset(std::shared_ptr<const Evolver> evolver)
{
    m_checkpoints->clear();
    m_trail->clear();
    noteFigures();
    m_evolver = std::move(evolver);
}

void Replayer::noteFigures()
{
    m_figures.note(
        m_checkpoints->count() + m_trail->count(), m_checkpoints->bytes() + m_trail->bytes());
}

AggregateState Replayer::startOf(const StreamInfo& stream, StreamVersion version)
{
    const AggregateState* kept = m_checkpoints->nearest(stream.id, version);
    const AggregateState* passed = m_trail->nearest(stream.id, version);
    if (passed && (!kept || passed->version > kept->version))
        return *passed;
    if (kept)
        return *kept;
    AggregateState initial = m_evolver->initialState(stream.category);
    if (m_blame == Blame::With)
        initial.blame.emplace();
    return initial;
}

/// Folds towards the target. True when it, or the stream's head, was reached.
Result<bool> Replayer::fold(EventStore& store, const StreamInfo& stream, Fold& fold)
{
    AggregateState& state = fold.state;
    if (state.version >= fold.target)
        return true;
    const StreamVersion start = state.version;
    const bool isTrodden = fold.step && stream.headVersion > StateCheckpoints::smallestInterval;
    const QByteArray name = stream.name.toUtf8();
    const auto visit = [&](EventView event) {
        event.stream = viewOf(name); // Known here: not worth a column.
        if (state.version - start >= fold.budget)
            return false;
        if (fold.step && event.version == fold.target) {
            fold.step->before = state;
            fold.step->lastType
                = QString::fromUtf8(event.type.data(), static_cast<qsizetype>(event.type.size()));
        }
        // A failure stays in the state; the fold goes on.
        (void)m_evolver->evolve(state, event);
        ++m_eventsFolded;
        m_checkpoints->keepMark(stream.id, state);
        if (isTrodden && event.version > fold.target - StateTrail::longest)
            m_trail->add(stream.id, state);
        return event.version < fold.target;
    };
    const auto columns = m_blame == Blame::With ? foldColumns(*m_evolver) | ScanColumn::Time
                                                : foldColumns(*m_evolver);
    const auto scanned = trueStore(store).scanStream(
        stream.id, start, std::numeric_limits<Position>::max(), columns, visit);
    if (!scanned)
        return scanned.error();
    if (state.version > start)
        m_checkpoints->keepLast(stream.id, state);
    noteFigures();
    return state.version >= fold.target || state.version - start < fold.budget;
}

ScanColumns foldColumns(const Evolver& evolver)
{
    // Rules that name the event may name any part of it.
    constexpr ScanColumns folding { ScanColumn::Type, ScanColumn::Data };
    return evolver.readsWholeEvents()
        ? folding | ScanColumn::Time | ScanColumn::Id | ScanColumn::Metadata
        : folding;
}

} // namespace eventloupe
