// BranchEventStore: categories, types and times.

#include "branch/brancheventstore.h"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

namespace eventloupe {

/// How many streams of a category with changes there are at a position.
Result<qint64> BranchEventStore::countOf(const BranchOverlay& overlay,
    const BranchOverlay::TouchedCategory& category, Position position)
{
    qint64 inBase = 0;
    if (category.base > 0) {
        const Position at = overlay.positions().numbersUpTo(position);
        const auto page
            = at > 0 ? m_base->categoriesAt(at, category.base, 1) : Result(QList<CategoryAt>());
        if (!page)
            return page.error();
        inBase = page->value(0).streams;
    }
    const auto later = std::upper_bound(category.births.begin(), category.births.end(), position);
    return category.streams.keptUpTo(inBase) + (later - category.births.begin());
}

Result<qint64> BranchEventStore::categoryCountAt(Position position)
{
    const auto overlay = current();
    if (!overlay)
        return overlay.error();
    const Position at = std::min(position, (*overlay)->head());
    const Position inBase = (*overlay)->positions().numbersUpTo(at);
    const auto count = inBase > 0 ? m_base->categoryCountAt(inBase) : Result<qint64>(0);
    if (!count)
        return count;
    const Reranking& categories = (*overlay)->categories();
    qint64 born = 0;
    for (std::size_t i = 0; i < categories.anchors().size(); ++i)
        born += (*overlay)->insertedCategory(i).birth <= at ? 1 : 0;
    return categories.keptUpTo(*count) + born;
}

Result<QList<CategoryAt>> BranchEventStore::categoriesAt(
    Position position, qint64 first, int limit)
{
    const auto overlay = current();
    if (!overlay)
        return overlay.error();
    const auto count = categoryCountAt(position);
    if (!count)
        return count.error();
    const Position at = std::min(position, (*overlay)->head());
    const Reranking& categories = (*overlay)->categories();
    QList<CategoryAt> found;
    first = std::max<qint64>(first, 1);
    const qint64 last = std::min<qint64>(*count, first + limit - 1);
    for (qint64 rank = first; rank <= last;) {
        const Reranking::Source source = categories.sourceOf(rank);
        if (source.isInserted) {
            const auto& own
                = (*overlay)->insertedCategory(static_cast<std::size_t>(source.number));
            const auto streams = countOf(**overlay, own, at);
            if (!streams)
                return streams.error();
            found.append({ rank++, own.name, *streams });
            continue;
        }
        const auto page = m_base->categoriesAt((*overlay)->positions().numbersUpTo(at),
            source.number, static_cast<int>(last - rank + 1));
        if (!page)
            return page;
        for (const CategoryAt& each : *page) {
            if (categories.isRemoved(each.id))
                continue;
            // Another one stands between.
            if (rank > last || categories.rankOf(each.id) != rank)
                break;
            CategoryAt own { rank++, each.name, each.streams };
            if (const auto* touched = (*overlay)->categoryByBase(each.id)) {
                const auto streams = countOf(**overlay, *touched, at);
                if (!streams)
                    return streams.error();
                own.streams = *streams;
            }
            found.append(own);
        }
        if (page->isEmpty())
            break;
    }
    return found;
}

Result<QList<StreamAt>> BranchEventStore::streamsOfCategoryAt(
    qint64 category, Position position, qint64 skip, int limit)
{
    const auto overlay = current();
    if (!overlay)
        return overlay.error();
    const Position at = std::min(position, (*overlay)->head());
    const auto count = categoryCountAt(at);
    if (!count)
        return count.error();
    if (category < 1 || category > *count)
        return QList<StreamAt>();
    const Reranking::Source source = (*overlay)->categories().sourceOf(category);
    const auto* touched = source.isInserted
        ? &(*overlay)->insertedCategory(static_cast<std::size_t>(source.number))
        : (*overlay)->categoryByBase(source.number);
    if (touched)
        return streamsOfTouched(**overlay, *touched, at, skip, limit);
    const auto page = m_base->streamsOfCategoryAt(
        source.number, (*overlay)->positions().numbersUpTo(at), skip, limit);
    if (!page)
        return page;
    QList<StreamAt> streams;
    for (const StreamAt& each : *page) {
        const auto own = streamAt(**overlay, each, at);
        if (!own)
            return own.error();
        streams.append(*own);
    }
    return streams;
}

Result<QList<StreamAt>> BranchEventStore::streamsOfTouched(const BranchOverlay& overlay,
    const BranchOverlay::TouchedCategory& category, Position position, qint64 skip, int limit)
{
    const auto count = countOf(overlay, category, position);
    if (!count)
        return count.error();
    QList<StreamAt> streams;
    const qint64 last = std::min<qint64>(*count, std::max<qint64>(skip, 0) + limit);
    for (qint64 rank = std::max<qint64>(skip, 0) + 1; rank <= last;) {
        const Reranking::Source source = category.streams.sourceOf(rank);
        QList<StreamAt> page;
        if (source.isInserted) {
            const auto own = streamAt(overlay,
                overlay.touched()[category.insertions[static_cast<std::size_t>(source.number)]],
                position);
            if (!own)
                return own.error();
            streams.append(*own);
            ++rank;
            continue;
        }
        const auto read = m_base->streamsOfCategoryAt(category.base,
            overlay.positions().numbersUpTo(position), source.number - 1,
            static_cast<int>(last - rank + 1));
        if (!read)
            return read;
        qint64 number = source.number;
        for (const StreamAt& each : *read) {
            const qint64 inBase = number++;
            if (category.streams.isRemoved(inBase))
                continue;
            if (rank > last || category.streams.rankOf(inBase) != rank)
                break;
            const auto own = streamAt(overlay, each, position);
            if (!own)
                return own.error();
            streams.append(*own);
            ++rank;
        }
        if (read->isEmpty())
            break;
    }
    return streams;
}

Result<Position> BranchEventStore::positionAtTime(Timestamp time)
{
    const auto overlay = current();
    if (!overlay)
        return overlay.error();
    Position low = 0;
    Position high = (*overlay)->head() + 1;
    while (high - low > 1) {
        const Position middle = low + (high - low) / 2;
        bool isBefore = false;
        const auto read
            = scanAt({ middle }, ScanColumn::Time, {}, [&](const EventView& event) {
                  isBefore = event.time <= time;
                  return false;
              });
        if (!read)
            return read.error();
        (isBefore ? low : high) = middle;
    }
    return low;
}

/// The branch's first event of a type; 0 where it has none.
Result<Position> BranchEventStore::firstUse(const QString& type)
{
    LogSelection selection;
    selection.types = QStringList { type };
    Position first = 0;
    const auto scanned = scanSelected(selection, 1, std::numeric_limits<Position>::max(), {}, {},
        [&first](const EventView& event) {
            first = event.position;
            return false;
        });
    return scanned ? Result(first) : scanned.error();
}

/// How many of the log's types are in use up to where the branch begins: they are its first ones.
Result<qsizetype> BranchEventStore::typesInBase(const QStringList& all)
{
    qsizetype low = 0;
    qsizetype high = all.size() + 1;
    const auto head = m_base->head();
    if (!head)
        return head.error();
    if (*head <= m_log.last())
        return all.size();
    while (high - low > 1) {
        const qsizetype middle = low + (high - low) / 2;
        LogSelection selection;
        selection.types = QStringList { all.at(middle - 1) };
        bool isUsed = false;
        const auto scanned = m_base->scanSelected(
            selection, 1, m_log.last(), {}, {}, [&isUsed](const EventView&) {
                isUsed = true;
                return false;
            });
        if (!scanned)
            return scanned.error();
        (isUsed ? low : high) = middle;
    }
    return low;
}

Result<QStringList> BranchEventStore::types()
{
    const auto overlay = current();
    if (!overlay)
        return overlay.error();
    auto types = m_base->types();
    if (!types)
        return types;
    const auto used = typesInBase(*types);
    if (!used)
        return used.error();
    types->resize(*used);
    // Those of events that are gone or new may be used first elsewhere, or nowhere.
    std::set<QString> concerned;
    for (const Position each : (*overlay)->positions().removed())
        concerned.insert(m_log.event(each).type);
    for (const auto& each : (*overlay)->inserted())
        concerned.insert(QString::fromUtf8(each.type));
    types->removeIf([&](const QString& each) { return concerned.contains(each); });
    for (const QString& type : concerned) {
        const auto first = firstUse(type);
        if (!first)
            return first.error();
        if (*first == 0)
            continue;
        qsizetype low = -1;
        qsizetype high = types->size();
        while (high - low > 1) {
            const qsizetype middle = low + (high - low) / 2;
            const auto other = firstUse(types->at(middle));
            if (!other)
                return other.error();
            (*other < *first ? low : high) = middle;
        }
        types->insert(high, type);
    }
    return types;
}

} // namespace eventloupe
