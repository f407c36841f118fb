#include "describe/categorychoice.h"

#include "describe/describetext.h"

#include <algorithm>

namespace eventloupe {

namespace {

constexpr int mostRead = 10'000; ///< Categories; who has more has not named streams by them.
constexpr qsizetype fewCategories = 20; ///< So many are all described.
constexpr qint64 leastStreamsEach = 4; ///< On the average; below it the names are no categories.
constexpr StreamVersion manyEvents = 20; ///< Of a category's only stream.

/// Whether the category has several streams, or one with many events.
Result<bool> isTelling(EventStore& store, Position head, const CategoryAt& category)
{
    if (category.streams > 1)
        return true;
    const auto streams = store.streamsOfCategoryAt(category.id, head, 0, 1);
    if (!streams)
        return streams.error();
    return !streams->isEmpty() && streams->constFirst().version >= manyEvents;
}

Result<QList<CategoryAt>> tellingOf(EventStore& store, Position head,
    const QList<CategoryAt>& categories, const CancelToken& cancel)
{
    QList<CategoryAt> telling;
    for (const CategoryAt& category : categories) {
        if (cancel.isCancelled())
            return Error { ErrorCode::Cancelled, DescribeText::tr("cancelled") };
        const auto told = isTelling(store, head, category);
        if (!told)
            return told.error();
        if (*told)
            telling.append(category);
    }
    return telling;
}

void keepLargest(QList<CategoryAt>& categories, int most)
{
    std::stable_sort(categories.begin(), categories.end(),
        [](const auto& left, const auto& right) { return left.streams > right.streams; });
    categories.resize(most);
    std::sort(categories.begin(), categories.end(),
        [](const auto& left, const auto& right) { return left.id < right.id; });
}

QString leftOut(qint64 count, qsizetype chosen, bool isCut)
{
    if (chosen == 0)
        return DescribeText::tr("None of the %L1 categories has several streams or at least %2 "
                                "events, so no aggregate is described.")
            .arg(count)
            .arg(manyEvents);
    if (isCut)
        return DescribeText::tr("Of %L1 categories, the %2 with the most streams are described.")
            .arg(count)
            .arg(chosen);
    return DescribeText::tr("Of %L1 categories, only those with several streams or at least %3 "
                            "events are described: %2.")
        .arg(count)
        .arg(chosen)
        .arg(manyEvents);
}

} // namespace

Result<CategoryChoice> chooseCategories(
    EventStore& store, Position head, const DescribeLimits& limits, const CancelToken& cancel)
{
    const auto count = store.categoryCountAt(head);
    if (!count)
        return count.error();
    auto categories = store.categoriesAt(head, 1, mostRead);
    if (!categories)
        return categories.error();
    CategoryChoice choice;
    qint64 streams = 0;
    for (const CategoryAt& category : std::as_const(*categories))
        streams += category.streams;
    const bool isScattered
        = categories->size() > fewCategories && streams < leastStreamsEach * categories->size();
    const auto isNameless = [](const CategoryAt& category) { return category.name.isEmpty(); };
    if (categories->removeIf(isNameless) > 0)
        choice.notes.append(DescribeText::tr("Streams whose names begin with '-' have no category, "
                                             "and no aggregate."));
    const qsizetype named = categories->size();
    if (isScattered) {
        categories = tellingOf(store, head, *categories, cancel);
        if (!categories)
            return categories.error();
    }
    const bool isCut = categories->size() > limits.mostCategories;
    if (isCut)
        keepLargest(*categories, limits.mostCategories);
    if (categories->size() < named)
        choice.notes.append(leftOut(*count, categories->size(), isCut));
    choice.categories = *categories;
    return choice;
}

} // namespace eventloupe
