// BranchEventStore: scans.

#include "branch/brancheventstore.h"

#include "branch/branchscan.h"
#include "branch/branchtext.h"

#include <algorithm>
#include <utility>

namespace eventloupe {

Result<void> BranchEventStore::scanAt(const QList<Position>& positions, ScanColumns columns,
    const CancelToken& cancel, const std::function<bool(const EventView&)>& visitor)
{
    const auto overlay = current();
    if (!overlay)
        return overlay.error();
    QList<Position> run; ///< Of the log, side by side in `positions`.
    bool isStopped = false;
    const auto readRun = [&]() -> Result<void> {
        const QList<Position> wanted = std::exchange(run, {});
        if (wanted.isEmpty() || isStopped)
            return {};
        return m_base->scanAt(wanted, columns, cancel, [&](const EventView& event) {
            EventView own = event;
            own.position = (*overlay)->positions().rankOf(event.position);
            BranchScan::translate(**overlay, own);
            isStopped = !visitor(own);
            return !isStopped;
        });
    };
    for (const Position each : positions) {
        if (each < 1 || each > (*overlay)->head())
            continue;
        const Reranking::Source source = (*overlay)->positions().sourceOf(each);
        if (!source.isInserted) {
            run.append(source.number);
            continue;
        }
        if (const auto read = readRun(); !read)
            return read;
        if (cancel.isCancelled())
            return Error { ErrorCode::Cancelled, BranchText::tr("cancelled") };
        if (isStopped
            || !visitor(BranchScan::viewOf(
                **overlay, static_cast<std::size_t>(source.number), columns)))
            return {};
    }
    return readRun();
}

Result<void> BranchEventStore::scanLog(Position from, Position to, ScanColumns columns,
    const CancelToken& cancel, const std::function<bool(const EventView&)>& visitor)
{
    const auto overlay = current();
    if (!overlay)
        return overlay.error();
    BranchScan scan(**overlay, columns, cancel, visitor);
    scan.setRange(std::max<Position>(from, 1), std::min(to, (*overlay)->head()));
    if (scan.baseFrom() <= scan.baseTo()) {
        const auto scanned = m_base->scanLog(scan.baseFrom(), scan.baseTo(), columns, cancel,
            [&scan](const EventView& event) { return scan.takeBase(event); });
        if (!scanned)
            return scanned;
    }
    scan.finish();
    return scan.result();
}

Result<void> BranchEventStore::scanSelected(const LogSelection& selection, Position from,
    Position to, ScanColumns columns, const CancelToken& cancel,
    const std::function<bool(const EventView&)>& visitor)
{
    const auto overlay = current();
    if (!overlay)
        return overlay.error();
    LogSelection own = selection;
    own.positions.intersect({ std::max<Position>(from, 1), std::min(to, (*overlay)->head()) });
    if (own.positions.first > own.positions.last)
        return {};
    BranchScan scan(**overlay, columns, cancel, visitor);
    scan.setRange(own.positions.first, own.positions.last);
    LogSelection inBase = own;
    inBase.positions = {};
    ScanColumns inBaseColumns = columns;
    // Events of streams with changes have other versions here: those are looked at one by one, for
    // which the log has to tell more than positions.
    if (!own.versions.isAll() && !(*overlay)->touched().empty()) {
        inBase.versions = {};
        inBaseColumns |= ScanColumn::Time;
    }
    scan.select(own);
    if (scan.baseFrom() <= scan.baseTo()) {
        const auto scanned = m_base->scanSelected(inBase, scan.baseFrom(), scan.baseTo(),
            inBaseColumns, cancel,
            [&scan](const EventView& event) { return scan.takeBase(event); });
        if (!scanned)
            return scanned;
    }
    scan.finish();
    return scan.result();
}

Result<void> BranchEventStore::scanStream(StreamId stream, StreamVersion after, Position upTo,
    ScanColumns columns, const std::function<bool(const EventView&)>& visitor)
{
    const auto overlay = current();
    if (!overlay)
        return overlay.error();
    const Position last = std::min(upTo, (*overlay)->head());
    const Position baseLast = (*overlay)->positions().numbersUpTo(last);
    const auto* touched = (*overlay)->touchedById(stream);
    const auto base = baseOf(**overlay, stream);
    if (!base)
        return base.error();
    if (!touched) {
        if (!*base)
            return {};
        return m_base->scanStream(**base, after, baseLast, columns, [&](const EventView& event) {
            EventView own = event;
            own.position = (*overlay)->positions().rankOf(event.position);
            own.streamId = stream;
            return visitor(own);
        });
    }
    after = std::max<StreamVersion>(after, 0);
    const Reranking& versions = touched->versions;
    std::size_t next = versions.insertionsUpTo(after);
    bool isStopped = false;
    const auto visitInserted = [&] {
        const std::size_t insertion = touched->insertions[next++];
        isStopped = (*overlay)->positions().rankOfInsertion(insertion) > last
            || !visitor(BranchScan::viewOf(**overlay, insertion, columns));
        return !isStopped;
    };
    if (touched->base.id > 0) {
        const auto scanned = m_base->scanStream(touched->base.id, versions.numbersUpTo(after),
            baseLast, columns, [&](const EventView& event) {
                if (versions.isRemoved(event.version))
                    return true;
                while (next < versions.anchors().size()
                    && versions.anchors()[next] < event.version)
                    if (!visitInserted())
                        return false;
                EventView own = event;
                own.position = (*overlay)->positions().rankOf(event.position);
                BranchScan::translate(**overlay, own);
                isStopped = !visitor(own);
                return !isStopped;
            });
        if (!scanned)
            return scanned;
    }
    while (!isStopped && next < touched->insertions.size())
        visitInserted();
    return {};
}

} // namespace eventloupe
