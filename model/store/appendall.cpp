#include "store/appendall.h"

#include <QCoreApplication>
#include <QSet>

namespace eventloupe {

Result<AppendAllOutcome> appendAll(
    EventStore& store, const AppendAllRequest& request, const CancelToken& cancel)
{
    if (request.events.isEmpty())
        return Error { ErrorCode::InvalidArgument,
            QCoreApplication::translate("EventStore", "There is no event to append.") };
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
    Appended done = *appended;
    return AppendAllOutcome(done);
}

} // namespace eventloupe
