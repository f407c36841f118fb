#include "state/streamlocation.h"

#include <algorithm>

namespace eventloupe {

namespace {

constexpr int categoriesPerRead = 256;

Result<std::optional<CategoryAt>> findCategory(
    EventStore& store, const QString& name, Position position)
{
    for (qint64 first = 1;; first += categoriesPerRead) {
        const auto read = store.categoriesAt(position, first, categoriesPerRead);
        if (!read)
            return read.error();
        for (const CategoryAt& candidate : *read)
            if (candidate.name == name)
                return std::optional(candidate);
        if (read->size() < categoriesPerRead)
            return std::optional<CategoryAt>();
    }
}

} // namespace

Result<StreamLocation> locateStream(EventStore& store, const QString& name, Position position)
{
    const auto info = store.findStream(name);
    if (!info)
        return info.error();
    if (!*info || (*info)->firstPosition > position)
        return StreamLocation();
    const auto category = findCategory(store, (*info)->category, position);
    if (!category)
        return category.error();
    if (!*category)
        return StreamLocation();
    qint64 low = 0;
    for (qint64 high = (*category)->streams - 1; low < high;) {
        const qint64 middle = (low + high) / 2;
        const auto stream = store.streamsOfCategoryAt((*category)->id, position, middle, 1);
        if (!stream)
            return stream.error();
        const bool isBefore = !stream->isEmpty() && stream->constFirst().info.id < (*info)->id;
        low = isBefore ? middle + 1 : low;
        high = isBefore ? high : middle;
    }
    return StreamLocation { (*info)->id, (*category)->id, low };
}

qint64 rowOfLocation(
    const StreamLocation& location, const StreamOutline& outline, const QList<StreamInfo>& found)
{
    if (location.id == 0)
        return -1;
    if (outline.group() == StreamOutline::AllStreams)
        return outline.rowOf({ StreamOutline::AllStreams, location.id - 1 });
    if (outline.group() == StreamOutline::Found) {
        const auto at = std::lower_bound(found.begin(), found.end(), location.id,
            [](const StreamInfo& info, StreamId id) { return info.id < id; });
        const bool isFound = at != found.end() && at->id == location.id;
        return isFound ? outline.rowOf({ StreamOutline::Found, std::distance(found.begin(), at) })
                       : -1;
    }
    const qint64 row = outline.rowOf({ location.category, location.index });
    return row >= 0 ? row : outline.rowOf({ StreamOutline::Headers, location.category - 1 });
}

} // namespace eventloupe
