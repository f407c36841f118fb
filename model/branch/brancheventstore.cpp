#include "branch/brancheventstore.h"

#include "branch/branchappend.h"
#include "branch/branchscan.h"
#include "branch/branchtext.h"

#include <QThread>

#include <algorithm>
#include <limits>
#include <utility>

namespace eventloupe {

namespace {

using BranchText::tr;

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

Event toEvent(const EventView& view)
{
    return { view.position, view.streamId, textOf(view.stream), view.version, textOf(view.type),
        view.time, textOf(view.id), toBytes(view.data), toBytes(view.metadata),
        toBytes(view.origin) };
}

/// The log has to be the one that was branched, and to be counted that far.
Result<void> checkBase(EventStore& base, const Branch& branch)
{
    Position head = 0;
    for (;;) {
        const bool isCounting = base.counting().isUnderWay;
        const auto read = base.head();
        if (!read)
            return read.error();
        head = *read;
        if (head >= branch.at() || !isCounting)
            break;
        QThread::msleep(5);
    }
    QString found;
    if (branch.at() > 0 && head >= branch.at()) {
        const auto last = base.readAt({ branch.at() });
        if (!last)
            return last.error();
        found = last->value(0).id;
    }
    if (head < branch.at() || found != branch.lastId())
        return Error { ErrorCode::NotFound,
            tr("%1 is not the log that the branch was made of: its event #%2 is another one, or is "
               "gone")
                .arg(base.location())
                .arg(branch.at()) };
    return {};
}

} // namespace

BranchEventStore::BranchEventStore(std::unique_ptr<EventStore> base,
    std::shared_ptr<SharedBranch> branch, QString location, Position last)
    : m_base(std::move(base))
    , m_shared(std::move(branch))
    , m_location(std::move(location))
    , m_log(*m_base, last)
{
}

BranchEventStore::~BranchEventStore() = default;

Result<std::unique_ptr<EventStore>> BranchEventStore::open(std::unique_ptr<EventStore> base,
    const std::shared_ptr<SharedBranch>& branch, const QString& location)
{
    if (base->hasLinkedStreams())
        return Error { ErrorCode::Unsupported,
            tr("%1 has streams that hold events of others: such a log cannot be branched. Copy it "
               "into a store of your own (File > Copy Log To…), and branch that.")
                .arg(base->location()) };
    const Branch now = branch->branch();
    if (const auto fits = checkBase(*base, now); !fits)
        return fits.error();
    std::unique_ptr<BranchEventStore> store(
        new BranchEventStore(std::move(base), branch, location, now.at()));
    const auto head = store->head();
    if (!head)
        return head.error();
    store->m_told = *head;
    return std::unique_ptr<EventStore>(std::move(store));
}

/// Takes over what other connections appended.
Result<void> BranchEventStore::catchUp()
{
    if (m_overlay && m_revision == m_shared->revision())
        return {};
    const auto [branch, revision] = m_shared->snapshot();
    auto overlay = BranchOverlay::make(m_log, branch.edits());
    if (!overlay)
        return overlay.error();
    m_overlay = std::move(*overlay);
    m_revision = revision;
    return {};
}

Result<BranchEventStore::OverlayPointer> BranchEventStore::current()
{
    if (const auto caughtUp = catchUp(); !caughtUp)
        return caughtUp.error();
    return m_overlay;
}

Result<Position> BranchEventStore::head()
{
    const auto overlay = current();
    return overlay ? Result((*overlay)->head()) : overlay.error();
}

Result<bool> BranchEventStore::hasChanged()
{
    const auto now = head();
    if (!now)
        return now.error();
    return std::exchange(m_told, *now) != *now;
}

Result<QList<Event>> BranchEventStore::readLog(Position from, int limit)
{
    QList<Event> events;
    from = std::max<Position>(from, 1);
    if (limit <= 0)
        return events;
    const auto scanned
        = scanLog(from, from + limit - 1, allScanColumns, {}, [&events](const EventView& event) {
              events.append(toEvent(event));
              return true;
          });
    return scanned ? Result(std::move(events)) : scanned.error();
}

Result<QList<Event>> BranchEventStore::readAt(const QList<Position>& positions)
{
    QList<Event> events;
    const auto scanned = scanAt(positions, allScanColumns, {}, [&events](const EventView& event) {
        events.append(toEvent(event));
        return true;
    });
    return scanned ? Result(std::move(events)) : scanned.error();
}

Result<QList<Event>> BranchEventStore::readStream(
    StreamId stream, StreamVersion after, Position upTo, int limit)
{
    QList<Event> events;
    if (limit <= 0)
        return events;
    const auto scanned
        = scanStream(stream, after, upTo, allScanColumns, [&](const EventView& event) {
              events.append(toEvent(event));
              return events.size() < limit;
          });
    return scanned ? Result(std::move(events)) : scanned.error();
}

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
            return Error { ErrorCode::Cancelled, tr("cancelled") };
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

Result<std::unique_ptr<BulkAppend>> BranchEventStore::beginBulk()
{
    return std::unique_ptr<BulkAppend>(std::make_unique<BranchBulkAppend>(*this));
}

} // namespace eventloupe
