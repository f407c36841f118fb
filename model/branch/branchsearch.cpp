// BranchEventStore: streams by a part of their name.

#include "branch/brancheventstore.h"

#include "branch/branchtext.h"
#include "store/streamsearch.h"

#include <algorithm>

namespace eventloupe {

Result<QList<StreamAt>> BranchEventStore::searchStreams(const QString& text, Position position,
    StreamId after, int limit, const CancelToken& cancel)
{
    const auto overlay = current();
    if (!overlay)
        return overlay.error();
    const Position at = std::min(position, (*overlay)->head());
    const Position inBase = (*overlay)->positions().numbersUpTo(at);
    const Reranking& streams = (*overlay)->streams();
    QList<StreamAt> found;
    // Those that begin elsewhere; the log's are put between them.
    const StreamSearch search(text);
    for (std::size_t i = streams.insertionsUpTo(after); i < streams.anchors().size(); ++i) {
        if (cancel.isCancelled())
            return Error { ErrorCode::Cancelled, BranchText::tr("cancelled") };
        const auto& stream = (*overlay)->insertedStream(i);
        if (found.size() >= limit || stream.firstPosition > at)
            break;
        if (!search.matches(viewOf(stream.name.toUtf8())))
            continue;
        const auto own = streamAt(**overlay, stream, at);
        if (!own)
            return own.error();
        found.append(*own);
    }
    StreamId last = streams.numbersUpTo(after);
    for (qsizetype taken = 0; taken < limit && inBase > 0;) {
        const auto page = m_base->searchStreams(text, inBase, last, limit, cancel);
        if (!page)
            return page;
        for (const StreamAt& each : *page) {
            last = each.info.id;
            if (taken >= limit || streams.isRemoved(each.info.id))
                continue;
            const auto own = streamAt(**overlay, each, at);
            if (!own)
                return own.error();
            found.append(*own);
            ++taken;
        }
        if (page->size() < limit)
            break;
    }
    std::sort(found.begin(), found.end(),
        [](const StreamAt& a, const StreamAt& b) { return a.info.id < b.info.id; });
    if (found.size() > limit)
        found.resize(limit);
    return found;
}

} // namespace eventloupe
