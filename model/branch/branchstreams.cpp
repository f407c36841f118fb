// BranchEventStore: streams and categories.

#include "branch/brancheventstore.h"

#include "branch/branchtext.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace eventloupe {

namespace {

/// Numbers of the log that follow each other closely, or one insertion.
struct Run {
    bool isInserted = false;
    qint64 first = 0;
    qint64 last = 0;
};

/// Where the ranks first..last come from.
std::vector<Run> runsOf(const Reranking& ranks, qint64 first, qint64 last)
{
    std::vector<Run> runs;
    std::size_t next = ranks.insertionsUpTo(first - 1);
    for (qint64 rank = first; rank <= last;) {
        const Reranking::Source source = ranks.sourceOf(rank);
        if (source.isInserted) {
            runs.push_back({ true, source.number, source.number });
            ++rank;
            ++next;
            continue;
        }
        const qint64 before = next < ranks.anchors().size()
            ? std::min(last, ranks.rankOfInsertion(next) - 1)
            : last;
        runs.push_back({ false, source.number, ranks.numbersUpTo(before) });
        rank = before + 1;
    }
    return runs;
}

int toLimit(qint64 number)
{
    return static_cast<int>(std::clamp<qint64>(number, 0, std::numeric_limits<int>::max()));
}

} // namespace

/// The number in the log of a stream that is not an insertion; nothing where there is none.
Result<std::optional<qint64>> BranchEventStore::baseOf(
    const BranchOverlay& overlay, StreamId stream)
{
    using Base = std::optional<qint64>;
    const auto all = m_log.streamCountAt(m_log.last());
    if (!all)
        return all.error();
    if (stream < 1 || stream > overlay.streams().size(*all))
        return Base();
    const Reranking::Source source = overlay.streams().sourceOf(stream);
    return source.isInserted ? Base() : Base(source.number);
}

StreamInfo BranchEventStore::infoOf(const BranchOverlay::Touched& stream)
{
    return { stream.id, stream.name, stream.category, stream.firstPosition, stream.headVersion,
        stream.headPosition };
}

/// Of a stream without changes.
Result<StreamInfo> BranchEventStore::infoOf(const BranchOverlay& overlay, const StreamInfo& base)
{
    auto info = m_log.cut(base);
    if (!info)
        return info;
    info->id = overlay.streams().rankOf(base.id);
    info->firstPosition = overlay.positions().rankOf(info->firstPosition);
    info->headPosition = overlay.positions().rankOf(info->headPosition);
    return info;
}

Result<StreamVersion> BranchEventStore::versionOf(
    const BranchOverlay& overlay, const BranchOverlay::Touched& stream, Position position)
{
    StreamVersion version = 0;
    if (stream.base.id > 0) {
        const auto inBase
            = m_log.versionAt(stream.base, overlay.positions().numbersUpTo(position));
        if (!inBase)
            return inBase;
        version = stream.versions.keptUpTo(*inBase);
    }
    const auto later = std::partition_point(
        stream.insertions.begin(), stream.insertions.end(), [&](std::size_t insertion) {
            return overlay.positions().rankOfInsertion(insertion) <= position;
        });
    return version + (later - stream.insertions.begin());
}

Result<StreamAt> BranchEventStore::streamAt(
    const BranchOverlay& overlay, const BranchOverlay::Touched& stream, Position position)
{
    const auto version = versionOf(overlay, stream, position);
    if (!version)
        return version.error();
    return StreamAt { infoOf(stream), *version };
}

/// Of one of the log, as it gave it for the same moment.
Result<StreamAt> BranchEventStore::streamAt(
    const BranchOverlay& overlay, const StreamAt& base, Position position)
{
    if (const auto* touched = overlay.touchedByBase(base.info.id))
        return streamAt(overlay, *touched, position);
    auto info = infoOf(overlay, base.info);
    if (!info)
        return info.error();
    return StreamAt { std::move(*info), base.version };
}

Result<std::optional<StreamInfo>> BranchEventStore::findStream(const QString& name)
{
    using Found = std::optional<StreamInfo>;
    const auto overlay = current();
    if (!overlay)
        return overlay.error();
    const auto* touched = (*overlay)->touchedByName(name);
    if (touched)
        return touched->headVersion > 0 ? Found(infoOf(*touched)) : Found();
    const auto base = m_base->findStream(name);
    if (!base)
        return base.error();
    if (!*base || (*base)->firstPosition > m_log.last())
        return Found();
    touched = (*overlay)->touchedByBase((*base)->id);
    if (touched)
        return touched->headVersion > 0 ? Found(infoOf(*touched)) : Found();
    auto info = infoOf(**overlay, **base);
    return info ? Result(Found(std::move(*info))) : info.error();
}

Result<qint64> BranchEventStore::streamCountAt(Position position)
{
    const auto overlay = current();
    if (!overlay)
        return overlay.error();
    const Position at = std::min(position, (*overlay)->head());
    const Position inBase = (*overlay)->positions().numbersUpTo(at);
    // Not remembered: a slider asks for ever other positions.
    const auto count = inBase > 0 ? m_base->streamCountAt(inBase) : Result<qint64>(0);
    if (!count)
        return count;
    const Reranking& streams = (*overlay)->streams();
    std::size_t born = 0;
    std::size_t all = streams.anchors().size();
    while (born < all) {
        const std::size_t middle = born + (all - born) / 2;
        if ((*overlay)->insertedStream(middle).firstPosition <= at)
            born = middle + 1;
        else
            all = middle;
    }
    return streams.keptUpTo(*count) + static_cast<qint64>(born);
}

Result<QList<StreamAt>> BranchEventStore::streamsAt(Position position, StreamId first, int limit)
{
    const auto overlay = current();
    if (!overlay)
        return overlay.error();
    const auto count = streamCountAt(position);
    if (!count)
        return count.error();
    const Position at = std::min(position, (*overlay)->head());
    first = std::max<StreamId>(first, 1);
    QList<StreamAt> streams;
    const auto add = [&streams](const Result<StreamAt>& stream) -> Result<void> {
        if (!stream)
            return stream.error();
        streams.append(*stream);
        return {};
    };
    for (const Run& run :
        runsOf((*overlay)->streams(), first, std::min<qint64>(*count, first + limit - 1))) {
        if (run.isInserted) {
            const auto& stream = (*overlay)->insertedStream(static_cast<std::size_t>(run.first));
            if (const auto added = add(streamAt(**overlay, stream, at)); !added)
                return added.error();
            continue;
        }
        const auto page = m_base->streamsAt((*overlay)->positions().numbersUpTo(at), run.first,
            toLimit(run.last - run.first + 1));
        if (!page)
            return page;
        for (const StreamAt& each : *page)
            if (!(*overlay)->streams().isRemoved(each.info.id))
                if (const auto added = add(streamAt(**overlay, each, at)); !added)
                    return added.error();
    }
    return streams;
}

Result<void> BranchEventStore::scanStreamNames(
    StreamId first, StreamId last, const std::function<void(StreamId, std::string_view)>& visitor)
{
    const auto overlay = current();
    if (!overlay)
        return overlay.error();
    const auto all = m_log.streamCountAt(m_log.last());
    if (!all)
        return all.error();
    const Reranking& streams = (*overlay)->streams();
    for (const Run& run : runsOf(
             streams, std::max<StreamId>(first, 1), std::min(last, streams.size(*all)))) {
        if (run.isInserted) {
            const auto& stream = (*overlay)->insertedStream(static_cast<std::size_t>(run.first));
            visitor(stream.id, viewOf(stream.name.toUtf8()));
            continue;
        }
        const auto scanned = m_base->scanStreamNames(
            run.first, run.last, [&](StreamId id, std::string_view name) {
                if (!streams.isRemoved(id))
                    visitor(streams.rankOf(id), name);
            });
        if (!scanned)
            return scanned;
    }
    return {};
}

Result<StreamVersion> BranchEventStore::versionAt(StreamId stream, Position position)
{
    const auto overlay = current();
    if (!overlay)
        return overlay.error();
    const Position at = std::min(position, (*overlay)->head());
    if (const auto* touched = (*overlay)->touchedById(stream))
        return versionOf(**overlay, *touched, at);
    const auto base = baseOf(**overlay, stream);
    if (!base)
        return base.error();
    const Position inBase = (*overlay)->positions().numbersUpTo(at);
    return *base && inBase > 0 ? m_base->versionAt(**base, inBase) : Result<StreamVersion>(0);
}

Result<Position> BranchEventStore::positionOf(StreamId stream, StreamVersion version)
{
    const auto overlay = current();
    if (!overlay)
        return overlay.error();
    const Error none { ErrorCode::NotFound,
        BranchText::tr("the stream has no version %1 on the branch").arg(version) };
    if (const auto* touched = (*overlay)->touchedById(stream)) {
        if (version < 1 || version > touched->headVersion)
            return none;
        const Reranking::Source source = touched->versions.sourceOf(version);
        if (source.isInserted)
            return (*overlay)->positions().rankOfInsertion(
                touched->insertions[static_cast<std::size_t>(source.number)]);
        const auto inBase = m_base->positionOf(touched->base.id, source.number);
        return inBase ? Result((*overlay)->positions().rankOf(*inBase)) : inBase;
    }
    const auto base = baseOf(**overlay, stream);
    if (!base)
        return base.error();
    if (!*base)
        return none;
    const auto inBase = m_base->positionOf(**base, version);
    if (!inBase)
        return inBase;
    return *inBase <= m_log.last() ? Result((*overlay)->positions().rankOf(*inBase)) : none;
}

} // namespace eventloupe
