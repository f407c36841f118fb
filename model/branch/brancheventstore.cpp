#include "branch/brancheventstore.h"

#include "branch/branchappend.h"
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

Result<std::unique_ptr<BulkAppend>> BranchEventStore::beginBulk()
{
    if (const auto caughtUp = catchUp(); !caughtUp)
        return caughtUp.error();
    return std::unique_ptr<BulkAppend>(std::make_unique<BranchBulkAppend>(*this, m_revision));
}

} // namespace eventloupe
