#include "store/appendall.h"

#include "store/eventrules.h"

#include <QCoreApplication>
#include <QSet>

#include <optional>
#include <utility>
#include <vector>

namespace eventloupe {

namespace {

/// The events, where all of them are stored already: with these ids, streams and contents, in this
/// order, and none between them. What is stored stays, so that this may be asked outside of the
/// transaction that met them.
Result<std::optional<Appended>> findRepeat(
    EventStore& store, const QList<StreamEvent>& events, const CancelToken& cancel)
{
    LogSelection selection;
    selection.ids.emplace();
    std::vector<CheckedEvent> due;
    for (const StreamEvent& each : events) {
        auto checked = checkEvent(each.event);
        if (!checked || each.event.id.isEmpty())
            return std::optional<Appended>();
        selection.ids->append(QString::fromUtf8(checked->id));
        due.push_back(std::move(*checked));
    }
    const auto head = store.head();
    if (!head)
        return head.error();
    Appended repeat;
    repeat.wasStoredBefore = true;
    std::size_t found = 0;
    const auto isNext = [&](const EventView& event) {
        const bool isBehind
            = found < due.size() && (found == 0 || event.position == repeat.last + 1);
        const CheckedEvent& next = due[isBehind ? found : 0];
        const bool isDue = isBehind
            && event.stream == viewOf(events.at(static_cast<qsizetype>(found)).stream.toUtf8())
            && event.id == viewOf(next.id) && event.type == viewOf(next.type)
            && event.data == viewOf(next.data) && event.metadata == viewOf(next.metadata);
        repeat.first = found == 0 ? event.position : repeat.first;
        found = isDue ? found + 1 : 0;
        repeat.last = event.position;
        repeat.version = event.version;
        return isDue;
    };
    using Column = ScanColumn;
    const ScanColumns columns { Column::Stream, Column::Type, Column::Id, Column::Data,
        Column::Metadata };
    if (const auto scanned = store.scanSelected(selection, 1, *head, columns, cancel, isNext);
        !scanned)
        return scanned.error();
    return found == due.size() ? std::optional(repeat) : std::nullopt;
}

/// Appends, or finds why not; a repeat is one of the reasons.
Result<AppendAllOutcome> appendNew(
    EventStore& store, const AppendAllRequest& request, const CancelToken& cancel)
{
    const auto bulk = store.beginBulk();
    if (!bulk)
        return bulk.error();
    QList<VersionConflict> conflicts;
    QSet<QString> seen;
    for (const StreamEvent& each : request.events) {
        if (cancel.isCancelled())
            return Error { ErrorCode::Cancelled,
                QCoreApplication::translate("EventStore", "cancelled") };
        const auto version = (*bulk)->add(each.stream, each.event);
        if (!version && conflicts.isEmpty())
            return version.error();
        if (!version)
            break;
        if (seen.contains(each.stream))
            continue;
        seen.insert(each.stream);
        const auto expected = request.expected.value(each.stream, ExpectedVersion::any());
        if (!expected.admits(*version - 1))
            conflicts.append({ each.stream, expected, *version - 1 });
    }
    // What was added goes with the load.
    if (!conflicts.isEmpty())
        return AppendAllOutcome(conflicts);
    const auto appended = (*bulk)->commit(cancel);
    if (!appended)
        return appended.error();
    return AppendAllOutcome(*appended);
}

} // namespace

Result<AppendAllOutcome> appendAll(
    EventStore& store, const AppendAllRequest& request, const CancelToken& cancel)
{
    if (request.events.isEmpty())
        return Error { ErrorCode::InvalidArgument,
            QCoreApplication::translate("EventStore", "There is no event to append.") };
    auto outcome = appendNew(store, request, cancel);
    // A repeat finds its ids taken, and the streams further on than it believes.
    const bool isDuplicate = !outcome && outcome.error().code == ErrorCode::DuplicateEvent;
    if (!isDuplicate && !(outcome && std::holds_alternative<QList<VersionConflict>>(*outcome)))
        return outcome;
    const auto repeat = findRepeat(store, request.events, cancel);
    if (!repeat)
        return repeat.error();
    return *repeat ? Result(AppendAllOutcome(**repeat)) : outcome;
}

} // namespace eventloupe
