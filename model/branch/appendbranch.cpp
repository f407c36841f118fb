#include "branch/appendbranch.h"

#include "branch/branchtext.h"
#include "store/openstore.h"

#include <algorithm>

namespace eventloupe {

namespace {

using BranchText::tr;

} // namespace

QString appendRefusal(const BranchOverlay& overlay, Position last)
{
    const auto& inserted = overlay.inserted();
    const auto isWithin
        = [last](const auto& each) { return each.place.isInserted() && each.anchor < last; };
    QStringList reasons;
    if (!overlay.skipped().isEmpty())
        reasons.append(tr("events are skipped"));
    if (std::any_of(inserted.begin(), inserted.end(),
            [](const auto& each) { return !each.place.isInserted(); }))
        reasons.append(tr("stored events are changed"));
    if (std::any_of(inserted.begin(), inserted.end(), isWithin))
        reasons.append(tr("events are put in before the end"));
    if (!reasons.isEmpty())
        return tr("This branch cannot be appended: %1, and a history only grows at its end. Export "
                  "the branch, and import it into a store of its own.")
            .arg(reasons.join(QStringLiteral(", ")));
    if (inserted.empty())
        return tr("This branch has no events of its own yet: issue a command or insert an event.");
    return {};
}

Result<BranchAppend> previewAppend(BranchEventStore& store)
{
    BranchAppend append;
    append.revision = store.shared().revision();
    const auto overlay = store.overlay();
    if (!overlay)
        return overlay.error();
    const auto head = store.base().head();
    if (!head)
        return head.error();
    append.mainHead = *head;
    append.mainSince = std::max<Position>(*head - store.baseLog().last(), 0);
    append.refusal = appendRefusal(**overlay, store.baseLog().last());
    if (!append.refusal.isEmpty())
        return append;
    for (const auto& each : (*overlay)->inserted()) {
        const auto& stream = (*overlay)->touched()[each.stream];
        append.request.events.append({ stream.name,
            { QString::fromUtf8(each.type), each.data, each.metadata, each.time,
                QString::fromUtf8(each.id) } });
        if (append.request.expected.contains(stream.name))
            continue;
        const auto expected = ExpectedVersion::exactly(stream.base.headVersion);
        append.request.expected.insert(stream.name, expected);
        append.streams.append(stream.name);
        const auto now = store.base().findStream(stream.name);
        if (!now)
            return now.error();
        const StreamVersion actual = *now ? (*now)->headVersion : 0;
        if (actual != stream.base.headVersion)
            append.moved.append({ stream.name, expected, actual });
    }
    return append;
}

Result<AppendAllOutcome> appendAtHead(
    const QString& location, const BranchAppend& append, const CancelToken& cancel)
{
    const auto store = openStore(location, OpenMode::ReadWrite);
    if (!store)
        return store.error();
    if (const QString reason = (*store)->readOnlyReason(); !reason.isEmpty())
        return Error { ErrorCode::ReadOnly, tr("%1 can only be read: %2").arg(location, reason) };
    return appendAll(**store, append.request, cancel);
}

Result<Branch> rebased(BranchEventStore& store)
{
    const auto head = store.base().head();
    if (!head)
        return head.error();
    const auto last = store.base().readAt({ *head });
    if (!last)
        return last.error();
    return store.shared().branch().rebased(*head, last->value(0).id);
}

} // namespace eventloupe
