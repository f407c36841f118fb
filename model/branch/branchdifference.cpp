#include "branch/branchdifference.h"

#include "branch/branchtext.h"
#include "domain/shownstate.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace eventloupe {

namespace {

/// The type of the event at a position; empty at 0.
Result<QString> typeAt(EventStore& store, Position position)
{
    if (position == 0)
        return QString();
    const auto events = store.readAt({ position });
    if (!events)
        return events.error();
    return events->value(0).type;
}

Result<StreamDifference> differenceOf(
    BranchEventStore& store, const BranchOverlay::Touched& stream)
{
    StreamDifference difference;
    difference.stream = stream.name;
    difference.mainVersion = stream.base.headVersion;
    difference.branchVersion = stream.headVersion;
    StreamVersion first = std::numeric_limits<StreamVersion>::max();
    if (!stream.removed.empty())
        first = stream.removed.front();
    if (!stream.insertions.empty())
        first = std::min(first, stream.versions.rankOfInsertion(0));
    difference.version = first;
    if (first <= stream.base.headVersion) {
        const auto position = store.base().positionOf(stream.base.id, first);
        if (!position)
            return position.error();
        difference.mainPosition = *position;
    }
    if (first <= stream.headVersion) {
        const auto position = store.positionOf(stream.id, first);
        if (!position)
            return position.error();
        difference.branchPosition = *position;
    }
    const auto mainType = typeAt(store.base(), difference.mainPosition);
    if (!mainType)
        return mainType.error();
    const auto branchType = typeAt(store, difference.branchPosition);
    if (!branchType)
        return branchType.error();
    difference.mainType = *mainType;
    difference.branchType = *branchType;
    return difference;
}

Result<AggregateState> fold(EventStore& store, const Evolver& evolver, const QString& stream,
    Position upTo, const CancelToken& cancel)
{
    AggregateState state = evolver.initialState(categoryOf(stream));
    const auto info = store.findStream(stream);
    if (!info)
        return info.error();
    if (!*info)
        return state;
    state = evolver.initialState((*info)->category);
    const auto scanned = store.scanStream(
        (*info)->id, 0, upTo, allScanColumns, [&](const EventView& event) {
            // One that cannot be folded is told by the state.
            (void)evolver.evolve(state, event);
            return !cancel.isCancelled();
        });
    if (!scanned)
        return scanned.error();
    if (cancel.isCancelled())
        return Error { ErrorCode::Cancelled, BranchText::tr("cancelled") };
    return state;
}

} // namespace

Result<BranchComparison> compareWithMain(BranchEventStore& store)
{
    BranchComparison comparison;
    const auto overlay = store.overlay();
    if (!overlay)
        return overlay.error();
    comparison.branchHead = (*overlay)->head();
    comparison.mainHead = store.baseLog().last();
    const auto now = store.base().head();
    if (!now)
        return now.error();
    comparison.mainSince = std::max<Position>(*now - comparison.mainHead, 0);
    for (const auto& each : (*overlay)->touched()) {
        // Events that came and went again.
        if (each.removed.empty() && each.insertions.empty())
            continue;
        auto difference = differenceOf(store, each);
        if (!difference)
            return difference.error();
        comparison.streams.append(std::move(*difference));
    }
    const auto placeOf = [](const StreamDifference& difference) {
        return difference.mainPosition > 0 ? difference.mainPosition : difference.branchPosition;
    };
    std::stable_sort(comparison.streams.begin(), comparison.streams.end(),
        [&placeOf](const auto& a, const auto& b) { return placeOf(a) < placeOf(b); });
    return comparison;
}

Result<BothStates> statesOfBoth(BranchEventStore& store, const Evolver& evolver,
    const QString& stream, const CancelToken& cancel)
{
    auto main = fold(store.base(), evolver, stream, store.baseLog().last(), cancel);
    if (!main)
        return main.error();
    auto branch
        = fold(store, evolver, stream, std::numeric_limits<Position>::max(), cancel);
    if (!branch)
        return branch.error();
    const Masks& masks = *evolver.workspace()->masks();
    const QString category = categoryOf(stream);
    return BothStates { shownState(std::move(*main), masks, category),
        shownState(std::move(*branch), masks, category) };
}

} // namespace eventloupe
