// BranchEventStore: reading all of it.

#include "branch/brancheventstore.h"

#include "branch/branchtext.h"
#include "value/json.h"

#include <unordered_map>

namespace eventloupe {

/// There is no hash chain: order, versions and payloads are looked at.
Result<qint64> BranchEventStore::verify(const CancelToken& cancel,
    const std::function<void(Position)>& progress,
    const std::function<void(const StoreFault&)>& report)
{
    const auto last = head();
    if (!last)
        return last.error();
    if (cancel.isCancelled())
        return Error { ErrorCode::Cancelled, BranchText::tr("cancelled") };
    std::unordered_map<StreamId, StreamVersion> versions;
    Position position = 0;
    constexpr Position step = 1024;
    const auto look = [&](const EventView& event) {
        ++position;
        if (event.position != position)
            report({ event.position, BranchText::tr("expected position %1").arg(position) });
        if (event.version != ++versions[event.streamId])
            report({ event.position,
                BranchText::tr("has version %1 of its stream, and is its event %2")
                    .arg(event.version)
                    .arg(versions[event.streamId]) });
        for (const std::string_view text : { event.data, event.metadata })
            if (const auto fault = findJsonFault(text))
                report({ event.position, fault->reason });
        if (progress && position % step == 0)
            progress(position);
        return true;
    };
    const auto scanned = scanLog(1, *last, allScanColumns, cancel, look);
    if (!scanned)
        return scanned.error();
    if (progress)
        progress(position);
    return position;
}

} // namespace eventloupe
