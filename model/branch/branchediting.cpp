#include "branch/branchediting.h"

#include "branch/brancheventstore.h"
#include "branch/branchtext.h"
#include "mask/masked.h"
#include "store/maskedeventstore.h"

#include <limits>
#include <utility>

namespace eventloupe {

using BranchText::tr;

namespace {

/// Those of the patterns that are masked by the others as well.
MaskPatterns alsoMasked(const MaskPatterns& patterns, const MaskPatterns& others)
{
    MaskPatterns both;
    for (const JsonPointer& pattern : patterns.pointers()) {
        MaskPatterns known = others;
        if (!known.add(pattern))
            both.add(pattern);
    }
    return both;
}

} // namespace

Result<QList<BranchPlace>> placesOf(EventStore& store, const QList<Position>& positions)
{
    const auto head = store.head();
    if (!head)
        return head.error();
    auto* branch = dynamic_cast<BranchEventStore*>(&trueStore(store));
    const auto overlay = branch ? branch->overlay()
                                : Result<std::shared_ptr<const BranchOverlay>>(nullptr);
    if (!overlay)
        return overlay.error();
    QList<BranchPlace> places;
    for (const Position each : positions) {
        if (each < 0 || each > *head)
            return Error { ErrorCode::NotFound, tr("there is no event #%1").arg(each) };
        places.append(each > 0 && *overlay ? (*overlay)->placeAt(each) : BranchPlace { each, 0 });
    }
    return places;
}

Result<Branch> checked(EventStore& store, Branch branch)
{
    auto* own = dynamic_cast<BranchEventStore*>(&trueStore(store));
    if (own && own->baseLog().last() == branch.at()) {
        const auto overlay = BranchOverlay::make(own->baseLog(), branch.edits());
        return overlay ? Result(std::move(branch)) : overlay.error();
    }
    BaseLog log(own ? own->base() : trueStore(store), branch.at());
    const auto overlay = BranchOverlay::make(log, branch.edits());
    return overlay ? Result(std::move(branch)) : overlay.error();
}

Result<Branch> withEdit(EventStore& store, Branch branch, const BranchEdit& edit)
{
    if (const auto added = branch.add(edit); !added)
        return added.error();
    return checked(store, std::move(branch));
}

Result<Branch> branchOf(EventStore& store, const QString& location, Position at)
{
    if (store.hasLinkedStreams())
        return Error { ErrorCode::Unsupported,
            tr("This log has streams that hold events of others, and cannot be branched. Copy it "
               "into a store of your own (File > Copy Log To…), and branch that.") };
    const auto last = store.readAt({ at });
    if (!last)
        return last.error();
    return Branch(location, at, last->value(0).id);
}

Result<BranchEdit> cutBehind(EventStore& store, Position at)
{
    BranchEdit edit { BranchEdit::Kind::Skip, {}, {} };
    const auto head = store.head();
    if (!head)
        return head.error();
    if (*head - at > Branch::maximumEvents)
        return Error { ErrorCode::InvalidArgument,
            tr("Over %1 events of this branch lie behind #%2: leave the branch first, and branch "
               "from there.")
                .arg(Branch::maximumEvents)
                .arg(at) };
    QList<Position> behind;
    for (Position each = at + 1; each <= *head; ++each)
        behind.append(each);
    const auto places = placesOf(store, behind);
    if (!places)
        return places.error();
    edit.places = *places;
    return edit;
}

Result<QList<Position>> positionsOf(EventStore& store, const QString& name)
{
    const auto stream = store.findStream(name);
    if (!stream)
        return stream.error();
    if (!*stream)
        return Error { ErrorCode::NotFound, tr("there is no stream '%1'").arg(name) };
    if ((*stream)->headVersion > Branch::maximumEvents)
        return Error { ErrorCode::InvalidArgument,
            tr("%1 has %2 events; a branch skips at most %3")
                .arg(name, QString::number((*stream)->headVersion),
                    QString::number(Branch::maximumEvents)) };
    QList<Position> positions;
    const auto scanned = store.scanStream((*stream)->id, 0, std::numeric_limits<Position>::max(),
        {}, [&positions](const EventView& event) {
            positions.append(event.position);
            return true;
        });
    return scanned ? Result(positions) : scanned.error();
}

Result<BranchEvent> withMaskedValues(
    EventStore& store, const Masks& masks, Position position, BranchEvent edited)
{
    if (masks.isEmpty() && !holdsMaskSign(viewOf(edited.event.data))
        && !holdsMaskSign(viewOf(edited.event.metadata)))
        return edited;
    const auto read = trueStore(store).readAt({ position });
    if (!read)
        return read.error();
    if (read->isEmpty())
        return Error { ErrorCode::NotFound, tr("there is no event #%1").arg(position) };
    const Event& stored = read->constFirst();
    const QString category = categoryOf(stored.stream);
    EventMask masked = masks.ofEvent(stored.type, category);
    // Of another type the values would be seen.
    if (edited.event.type != stored.type) {
        const EventMask present = masks.ofEvent(edited.event.type, category);
        masked = { alsoMasked(masked.data, present.data),
            alsoMasked(masked.metadata, present.metadata) };
    }
    auto data = masked.data.restored(edited.event.data, stored.data);
    if (!data)
        return data.error();
    auto metadata = masked.metadata.restored(edited.event.metadata, stored.metadata);
    if (!metadata)
        return metadata.error();
    edited.event.data = *std::move(data);
    edited.event.metadata = *std::move(metadata);
    return edited;
}

} // namespace eventloupe
