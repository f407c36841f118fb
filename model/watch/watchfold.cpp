#include "watch/watchfoldparts.h"

#include "domain/shownstate.h"
#include "value/category.h"
#include "value/json.h"

namespace eventloupe {

using Kind = WatchOutcome::Kind;

WatchFold::~WatchFold() = default;

const WatchFold::Type& WatchFold::type(std::string_view name)
{
    if (const auto known = m_types.find(name); known != m_types.end())
        return *known->second;
    auto type = std::make_unique<Type>();
    type->rules = &m_evolver.type(name);
    type->upcasts = m_rules.lookup().upcaster().type(name);
    type->matters
        = m_reach.matters(type->upcasts ? std::string_view(type->upcasts->present) : name);
    type->isMasked = hidesUpcastFailures(*m_rules.workspace()->masks(), name);
    return *m_types.emplace(name, std::move(type)).first->second;
}

void WatchFold::begin(Track& track, std::string_view stream)
{
    const std::string_view category = categoryOf(stream);
    track.isWatched = m_scope.kind == WatchScope::Kind::All
        || viewOf(m_scopeName) == (m_scope.kind == WatchScope::Kind::Stream ? stream : category);
    track.kind = Kind::Absent;
    track.isBegun = false;
    if (!track.isWatched)
        return;
    track.category = &m_evolver.category(category);
    if (m_expression->readsStates())
        m_evolver.begin(track.state, *track.category);
}

bool WatchFold::look(Track& track, const Type& type, const EventView& event)
{
    if (!track.isWatched)
        return false;
    ++m_events;
    if (m_expression->uses(WatchVariable::Previous)) {
        m_previous.clear();
        m_evolver.appendJson(m_previous, track.state);
        if (m_hasFields)
            findInStates(track, true);
    }
    // An event that cannot be folded leaves the state as it was.
    if (type.matters)
        (void)m_evolver.evolve(track.state, *type.rules, *track.category, event);
    const bool isFirst = !std::exchange(track.isBegun, true);
    // What is read of the state alone is as it was: so is what the expression gives.
    const bool mayChange
        = isFirst || type.matters || m_readsEvents || m_expression->uses(WatchVariable::Previous);
    if (!mayChange && isAsBefore(track.kind))
        return false;
    EventView present = event;
    const auto upcast = m_readsEvents && type.upcasts
        ? Upcaster::apply(*type.upcasts, present, m_upcastData)
        : Result<void>();
    m_now = upcast
        ? evaluate(track, present)
        : WatchOutcome { Kind::Failed,
              (type.isMasked ? Masks::hiddenReason() : upcast.error().message).toUtf8() };
    if (m_now.kind == Kind::Failed || m_now.kind == Kind::Absent)
        note(track, present, m_now);
    if (m_now.kind == track.kind && (m_now.kind != Kind::Other || viewOf(m_now.text) == track.last))
        return false;
    m_before = lastOf(track);
    track.kind = m_now.kind;
    const bool isPoint = isWatchPoint(m_before, m_now);
    if (m_now.kind == Kind::Other)
        track.last.assign(viewOf(m_now.text));
    return isPoint;
}

/// Whether an event that changes nothing needs no look: a failure is counted, and listed at first.
bool WatchFold::isAsBefore(Kind kind)
{
    if (kind == Kind::Absent && m_failures.firstMissing)
        ++m_failures.missing;
    else if (kind == Kind::Failed && m_failures.listed.size() == WatchFailures::mostListed)
        ++m_failures.failed;
    else
        return kind != Kind::Absent && kind != Kind::Failed;
    return true;
}

WatchOutcome WatchFold::lastOf(const Track& track) const
{
    return { track.kind, track.kind == Kind::Other ? toBytes(track.last) : QByteArray() };
}

WatchPoint WatchFold::point(const EventView& event) const
{
    return { event.position, event.streamId, toBytes(event.stream), event.version,
        toBytes(event.type), event.time, m_before.json(), m_now.json() };
}

/// The words of a failure are made for those alone that are listed.
void WatchFold::note(const Track& track, const EventView& event, const WatchOutcome& outcome)
{
    const bool hasFailed = outcome.kind == Kind::Failed;
    const bool isListed = hasFailed ? m_failures.listed.size() < WatchFailures::mostListed
                                    : !m_failures.firstMissing;
    ++(hasFailed ? m_failures.failed : m_failures.missing);
    if (!isListed)
        return;
    WatchFailure failure { event.position, event.streamId, toBytes(event.stream), event.version,
        toBytes(event.type), QString::fromUtf8(outcome.text) };
    if (failure.reason.isEmpty()) {
        const JsonValue state
            = m_expression->readsStates() ? m_evolver.toTree(track.state) : JsonValue();
        const auto previous = parseStoredJson(m_previous);
        const JsonValue before = previous ? *previous : JsonValue();
        failure.reason = m_expression->failureAt({ &state, &before, &event });
    }
    if (hasFailed)
        m_failures.listed.push_back(std::move(failure));
    else
        m_failures.firstMissing = std::move(failure);
}

} // namespace eventloupe
