// Appends to a branch: one command's events, or many.

#include "branch/branchappend.h"

#include "branch/brancheventstore.h"
#include "branch/branchtext.h"
#include "store/eventrules.h"

#include <QSet>

#include <limits>
#include <utility>

namespace eventloupe {

namespace {

using BranchText::tr;

Error duplicate(const QString& id)
{
    return { ErrorCode::DuplicateEvent,
        tr("The id %1 is that of another event of the branch.").arg(id) };
}

NewEvent toNew(const CheckedEvent& event)
{
    return { QString::fromUtf8(event.type), event.data, event.metadata, event.time,
        QString::fromUtf8(event.id) };
}

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

Result<QList<BranchEvent>> check(const AppendRequest& request)
{
    if (request.events.isEmpty())
        return Error { ErrorCode::InvalidArgument, tr("There is no event to append.") };
    if (const auto name = checkStreamName(request.stream); !name)
        return name.error();
    QList<BranchEvent> events;
    QSet<QByteArray> ids;
    for (const NewEvent& each : request.events) {
        const auto checked = checkEvent(each);
        if (!checked)
            return Error { checked.error().code,
                tr("Event %1 of %2: %3")
                    .arg(events.size() + 1)
                    .arg(request.events.size())
                    .arg(checked.error().message) };
        if (ids.contains(checked->id))
            return duplicate(QString::fromUtf8(checked->id));
        ids.insert(checked->id);
        events.append({ request.stream, toNew(*checked) });
    }
    return events;
}

bool isSame(const Event& stored, const BranchEvent& event)
{
    return stored.stream == event.stream && stored.type == event.event.type
        && stored.data == event.event.data && stored.metadata == event.event.metadata;
}

/// All of the events are there already, in this order; an Error where only some are.
Result<std::optional<Appended>> findRepeat(
    BranchEventStore& store, const QList<BranchEvent>& events)
{
    std::optional<Appended> repeat;
    for (qsizetype i = 0; i < events.size(); ++i) {
        const auto stored = store.findById(events.at(i).event.id);
        if (!stored)
            return stored.error();
        const bool isThere = stored->has_value();
        const bool follows = isThere && isSame(**stored, events.at(i))
            && (i == 0 || (repeat && (*stored)->version == repeat->version + 1));
        if ((isThere && !follows) || (!isThere && repeat))
            return duplicate(events.at(i).event.id);
        if (!isThere)
            continue;
        if (!repeat)
            repeat = Appended { (*stored)->position, 0, 0, true };
        repeat->last = (*stored)->position;
        repeat->version = (*stored)->version;
    }
    return repeat;
}

} // namespace

Result<std::optional<Event>> BranchEventStore::findById(const QString& id)
{
    using Found = std::optional<Event>;
    LogSelection selection;
    selection.ids = QStringList { id };
    Position found = 0;
    const auto scanned = scanSelected(selection, 1, std::numeric_limits<Position>::max(), {}, {},
        [&found](const EventView& event) {
            found = event.position;
            return false;
        });
    if (!scanned)
        return scanned.error();
    if (found == 0)
        return Found();
    const auto events = readAt({ found });
    if (!events)
        return events.error();
    return events->isEmpty() ? Found() : Found(events->first());
}

Result<bool> BranchEventStore::appendEvents(const QList<BranchEvent>& events)
{
    return m_shared->append(events, m_revision);
}

Result<AppendOutcome> BranchEventStore::append(const AppendRequest& request)
{
    const auto events = check(request);
    if (!events)
        return events.error();
    for (;;) {
        const auto before = head();
        if (!before)
            return before.error();
        const auto repeat = findRepeat(*this, *events);
        if (!repeat)
            return repeat.error();
        if (*repeat)
            return AppendOutcome(**repeat);
        const auto stream = findStream(request.stream);
        if (!stream)
            return stream.error();
        const StreamVersion actual = *stream ? (*stream)->headVersion : 0;
        if (!request.expected.admits(actual))
            return AppendOutcome(VersionConflict { request.stream, request.expected, actual });
        const auto done = appendEvents(*events);
        if (!done)
            return done.error();
        if (*done)
            return AppendOutcome(Appended { *before + 1, *before + events->size(),
                actual + events->size(), false });
    }
}

Error BranchBulkAppend::fail(const Error& error)
{
    m_failure = error;
    return error;
}

Result<StreamVersion> BranchBulkAppend::take(const BranchEvent& event)
{
    if (m_failure)
        return *m_failure;
    if (m_events.size() >= Branch::maximumEvents)
        return fail({ ErrorCode::InvalidInput,
            tr("a branch takes at most %1 events").arg(Branch::maximumEvents) });
    const auto there = m_store.findById(event.event.id);
    if (!there)
        return fail(there.error());
    if (*there || m_ids.contains(event.event.id))
        return fail(duplicate(event.event.id));
    if (!m_versions.contains(event.stream)) {
        const auto stream = m_store.findStream(event.stream);
        if (!stream)
            return fail(stream.error());
        m_versions.insert(event.stream, *stream ? (*stream)->headVersion : 0);
    }
    m_ids.insert(event.event.id);
    m_events.append(event);
    return ++m_versions[event.stream];
}

Result<StreamVersion> BranchBulkAppend::add(const QString& stream, const NewEvent& event)
{
    if (m_failure)
        return *m_failure;
    const auto checked = checkEvent(event);
    if (!checked)
        return fail(checked.error());
    if (const auto name = checkStreamName(stream); !name)
        return fail(name.error());
    return take({ stream, toNew(*checked) });
}

Result<void> BranchBulkAppend::add(
    const CheckedEvents& events, std::vector<StreamVersion>& versions)
{
    for (std::size_t i = 0; i < events.size(); ++i) {
        const CheckedEventView event = events.at(i);
        const auto version = add(textOf(event.stream()),
            { textOf(event.type()), toBytes(event.data()), toBytes(event.metadata()), event.time(),
                textOf(event.id()) });
        if (!version)
            return version.error();
        versions.push_back(*version);
    }
    return {};
}

Result<Appended> BranchBulkAppend::commit(const CancelToken& cancel, const Progress&)
{
    if (m_failure)
        return *m_failure;
    if (cancel.isCancelled())
        return fail({ ErrorCode::Cancelled, tr("cancelled") });
    const auto before = m_store.head();
    if (!before)
        return fail(before.error());
    if (m_events.isEmpty())
        return Appended { *before + 1, *before, 0, false };
    const bool isSame = m_store.shared().revision() == m_revision;
    const auto done = isSame ? m_store.appendEvents(m_events) : Result(false);
    if (!done)
        return fail(done.error());
    if (!*done)
        return fail({ ErrorCode::Busy,
            tr("The branch has got other events meanwhile: try it again.") });
    return Appended { *before + 1, *before + m_events.size(),
        m_versions.value(m_events.last().stream), false };
}

} // namespace eventloupe
