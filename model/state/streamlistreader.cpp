#include "state/streamlistreader.h"

#include <algorithm>
#include <map>

namespace eventloupe {

namespace {

constexpr int namesLookedAt = 8;

/// Whether no stream's name has a category, so that headers would only repeat the names. Judged
/// at the head, so that the list keeps its shape while the cursor moves.
Result<bool> isWithoutCategories(EventStore& store, Position head)
{
    const auto streams = store.streamCountAt(head);
    if (!streams)
        return streams.error();
    const auto categories = store.categoryCountAt(head);
    if (!categories)
        return categories.error();
    if (*streams == 0 || *streams != *categories)
        return false;
    const auto names = store.streamsAt(head, 1, namesLookedAt);
    if (!names)
        return names.error();
    return std::all_of(names->begin(), names->end(),
        [](const StreamAt& stream) { return stream.info.name == stream.info.category; });
}

QList<qint64> expandedCategories(const StreamListRequest& request, qint64 byDefault, qint64 count)
{
    QList<qint64> categories;
    for (qint64 category = 1; category <= std::min(byDefault, count); ++category)
        if (request.expansion.value(category, true))
            categories.append(category);
    for (auto it = request.expansion.cbegin(); it != request.expansion.cend(); ++it)
        if (it.value() && it.key() > byDefault && it.key() <= count)
            categories.append(it.key());
    std::sort(categories.begin(), categories.end());
    return categories;
}

/// The numbers of streams of the expanded categories, read in runs of neighbours.
Result<std::vector<StreamOutline::Expanded>> countStreams(
    EventStore& store, const QList<qint64>& categories, Position position)
{
    std::vector<StreamOutline::Expanded> expanded;
    for (qsizetype first = 0; first < categories.size();) {
        qsizetype last = first + 1;
        while (last < categories.size() && categories[last] == categories[last - 1] + 1)
            ++last;
        const auto read
            = store.categoriesAt(position, categories[first], static_cast<int>(last - first));
        if (!read)
            return read.error();
        for (const CategoryAt& category : *read)
            if (category.streams > 0)
                expanded.push_back({ category.id, category.streams });
        first = last;
    }
    return expanded;
}

Result<StreamOutline> readOutline(
    EventStore& store, const StreamListRequest& request, StreamListAnswer& answer)
{
    const auto head = store.head();
    if (!head)
        return head.error();
    if (request.found) {
        const auto end = std::partition_point(request.found->begin(), request.found->end(),
            [&](const StreamInfo& info) { return info.firstPosition <= request.position; });
        return StreamOutline::flat(
            StreamOutline::Found, std::distance(request.found->begin(), end));
    }
    const auto isFlat = isWithoutCategories(store, *head);
    if (!isFlat)
        return isFlat.error();
    if (*isFlat)
        return StreamOutline::flat(StreamOutline::AllStreams, answer.streams);
    const auto inAll = store.categoryCountAt(*head);
    if (!inAll)
        return inAll.error();
    if (*inAll <= maximumExpandedByDefault)
        answer.expandedByDefault = *inAll;
    const auto count = store.categoryCountAt(request.position);
    if (!count)
        return count.error();
    auto expanded = countStreams(
        store, expandedCategories(request, answer.expandedByDefault, *count), request.position);
    if (!expanded)
        return expanded.error();
    return StreamOutline::grouped(*count, std::move(expanded).value());
}

Result<QList<StreamListRow>> readCategories(
    EventStore& store, Position position, qint64 first, int limit)
{
    const auto categories = store.categoriesAt(position, first + 1, limit);
    if (!categories)
        return categories.error();
    QList<StreamListRow> rows;
    for (const CategoryAt& category : *categories)
        rows.append({ category, {} });
    return rows;
}

Result<QList<StreamListRow>> readFound(
    EventStore& store, const QList<StreamInfo>& found, Position position, qint64 first, int limit)
{
    QList<StreamListRow> rows;
    for (qint64 i = first; i < std::min<qint64>(first + limit, found.size()); ++i) {
        const auto version = store.versionAt(found[i].id, position);
        if (!version)
            return version.error();
        rows.append({ {}, { found[i], *version } });
    }
    return rows;
}

Result<QList<StreamListRow>> readRows(
    EventStore& store, const StreamListRequest& request, qint64 group, qint64 first, int limit)
{
    if (group == StreamOutline::Headers)
        return readCategories(store, request.position, first, limit);
    if (group == StreamOutline::Found)
        return readFound(store, *request.found, request.position, first, limit);
    const auto streams = group == StreamOutline::AllStreams
        ? store.streamsAt(request.position, first + 1, limit)
        : store.streamsOfCategoryAt(group, request.position, first, limit);
    if (!streams)
        return streams.error();
    QList<StreamListRow> rows;
    for (const StreamAt& stream : *streams)
        rows.append({ {}, stream });
    return rows;
}

/// Reads the pages first..last of a group at once.
Result<void> readPages(EventStore& store, const StreamListRequest& request, qint64 group,
    std::pair<qint64, qint64> pages, StreamListAnswer& answer)
{
    constexpr qint64 size = StreamListPage::rowsPerPage;
    const qint64 count = pages.second - pages.first + 1;
    const auto rows
        = readRows(store, request, group, pages.first * size, static_cast<int>(count * size));
    if (!rows)
        return rows.error();
    for (qint64 i = 0; i < count; ++i)
        answer.pages.append(
            { group, pages.first + i, request.position, rows->mid(i * size, size) });
    return {};
}

} // namespace

Result<StreamListAnswer> readStreamList(EventStore& store, const StreamListRequest& request)
{
    StreamListAnswer answer;
    answer.position = request.position;
    answer.expandedByDefault = request.expandedByDefault;
    const auto streams = store.streamCountAt(request.position);
    if (!streams)
        return streams.error();
    answer.streams = *streams;
    auto outline = readOutline(store, request, answer);
    if (!outline)
        return outline.error();
    answer.outline = std::move(outline).value();

    // Rows in view of one group are neighbours, but for headers: those are few.
    std::map<qint64, std::pair<qint64, qint64>> pages;
    const qint64 end = std::min(request.firstRow + request.rows, answer.outline.rowCount());
    for (qint64 row = std::max<qint64>(0, request.firstRow); row < end; ++row) {
        const StreamOutline::Place place = answer.outline.place(row);
        const qint64 page = place.index / StreamListPage::rowsPerPage;
        const auto [entry, isNew] = pages.try_emplace(place.group, page, page);
        entry->second.second = page;
    }
    for (const auto& [group, range] : pages)
        if (const auto read = readPages(store, request, group, range, answer); !read)
            return read.error();
    return answer;
}

} // namespace eventloupe
