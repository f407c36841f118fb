// OverlayMaker: what becomes of streams and categories.

#include "branch/overlaymaker.h"

#include <algorithm>
#include <utility>

namespace eventloupe {

Result<std::size_t> OverlayMaker::touch(const QString& name)
{
    if (const auto known = m_overlay->m_byName.constFind(name);
        known != m_overlay->m_byName.constEnd())
        return *known;
    const auto found = m_base.findStream(name);
    if (!found)
        return found.error();
    const std::size_t index = m_overlay->m_touched.size();
    if (*found) {
        // A store may find a stream by another name than the one that it shows.
        const auto byId = m_overlay->m_byBase.find((*found)->id);
        if (byId != m_overlay->m_byBase.end()) {
            m_overlay->m_byName.insert(name, byId->second);
            return byId->second;
        }
    }
    BranchOverlay::Touched touched;
    touched.name = *found ? (*found)->name : name;
    touched.category = *found ? (*found)->category : categoryOf(name);
    if (*found) {
        touched.base = **found;
        m_overlay->m_byBase.emplace(touched.base.id, index);
    }
    m_overlay->m_byName.insert(name, index);
    m_overlay->m_byName.insert(touched.name, index);
    m_overlay->m_touched.push_back(std::move(touched));
    return index;
}

Result<void> OverlayMaker::touchStreams()
{
    for (const Position position : m_overlay->m_positions.removed()) {
        const Event& event = m_base.event(position);
        const auto stream = touch(event.stream);
        if (!stream)
            return stream.error();
        m_overlay->m_touched[*stream].removed.push_back(event.version);
    }
    auto& inserted = m_overlay->m_inserted;
    for (std::size_t i = 0; i < inserted.size(); ++i) {
        const auto stream = touch(QString::fromUtf8(inserted[i].streamName));
        if (!stream)
            return stream.error();
        inserted[i].stream = *stream;
        inserted[i].streamName = m_overlay->m_touched[*stream].name.toUtf8();
        m_overlay->m_touched[*stream].insertions.push_back(i);
    }
    for (auto& each : m_overlay->m_touched) {
        if (const auto counted = countVersions(each); !counted)
            return counted;
        if (const auto found = findBirth(each); !found)
            return found;
    }
    return {};
}

Result<void> OverlayMaker::countVersions(BranchOverlay::Touched& stream)
{
    std::vector<qint64> anchors;
    for (const std::size_t each : stream.insertions) {
        if (stream.base.id == 0) {
            anchors.push_back(0);
            continue;
        }
        const auto version = m_base.versionAt(stream.base, m_overlay->m_inserted[each].anchor);
        if (!version)
            return version.error();
        anchors.push_back(*version);
    }
    stream.versions = Reranking(stream.removed, std::move(anchors));
    stream.headVersion = stream.versions.size(stream.base.headVersion);
    for (std::size_t i = 0; i < stream.insertions.size(); ++i)
        m_overlay->m_inserted[stream.insertions[i]].version = stream.versions.rankOfInsertion(i);
    return {};
}

/// The position on the branch of a version there.
Result<Position> OverlayMaker::positionOf(
    const BranchOverlay::Touched& stream, StreamVersion version)
{
    const Reranking::Source source = stream.versions.sourceOf(version);
    if (source.isInserted)
        return m_overlay->m_positions.rankOfInsertion(
            stream.insertions[static_cast<std::size_t>(source.number)]);
    const auto base = m_base.positionOf(stream.base.id, source.number);
    return base ? Result(m_overlay->m_positions.rankOf(*base)) : base;
}

Result<void> OverlayMaker::findBirth(BranchOverlay::Touched& stream)
{
    if (stream.headVersion == 0) {
        stream.isMoved = true;
        return {};
    }
    const auto first = positionOf(stream, 1);
    if (!first)
        return first.error();
    const auto last = positionOf(stream, stream.headVersion);
    if (!last)
        return last.error();
    stream.firstPosition = *first;
    stream.headPosition = *last;
    const Reranking::Source source = stream.versions.sourceOf(1);
    stream.isMoved = source.isInserted || source.number != 1;
    return {};
}

Result<void> OverlayMaker::rankStreams()
{
    std::vector<qint64> removed;
    auto& inserted = m_overlay->m_insertedStreams;
    for (std::size_t i = 0; i < m_overlay->m_touched.size(); ++i) {
        const auto& stream = m_overlay->m_touched[i];
        if (!stream.isMoved)
            continue;
        if (stream.base.id > 0)
            removed.push_back(stream.base.id);
        if (stream.headVersion > 0)
            inserted.push_back(i);
    }
    std::sort(removed.begin(), removed.end());
    std::sort(inserted.begin(), inserted.end(), [this](std::size_t a, std::size_t b) {
        return m_overlay->m_touched[a].firstPosition < m_overlay->m_touched[b].firstPosition;
    });
    std::vector<qint64> anchors;
    for (const std::size_t each : inserted) {
        const Position birth = m_overlay->m_touched[each].firstPosition;
        const auto before = m_base.streamCountAt(m_overlay->m_positions.numbersUpTo(birth));
        if (!before)
            return before.error();
        anchors.push_back(*before);
    }
    m_overlay->m_streams = Reranking(std::move(removed), std::move(anchors));
    for (std::size_t i = 0; i < inserted.size(); ++i)
        m_overlay->m_touched[inserted[i]].id = m_overlay->m_streams.rankOfInsertion(i);
    for (std::size_t i = 0; i < m_overlay->m_touched.size(); ++i) {
        auto& stream = m_overlay->m_touched[i];
        if (!stream.isMoved)
            stream.id = m_overlay->m_streams.rankOf(stream.base.id);
        if (stream.id > 0)
            m_overlay->m_byId.emplace(stream.id, i);
    }
    return {};
}

Result<BranchOverlay::TouchedCategory*> OverlayMaker::category(
    const BranchOverlay::Touched& stream)
{
    auto& all = m_overlay->m_touchedCategories;
    const auto known = m_categoriesByName.constFind(stream.category);
    if (known != m_categoriesByName.constEnd())
        return &all[*known];
    const auto number = m_base.findCategory(
        stream.category, stream.base.id > 0 ? stream.base.firstPosition : 0);
    if (!number)
        return number.error();
    BranchOverlay::TouchedCategory made;
    made.name = stream.category;
    made.base = *number;
    if (*number > 0)
        m_overlay->m_categoryByBase.emplace(*number, all.size());
    m_categoriesByName.insert(stream.category, all.size());
    all.push_back(std::move(made));
    return &all.back();
}

Result<void> OverlayMaker::touchCategories()
{
    std::vector<std::size_t> moved = m_overlay->m_insertedStreams;
    for (std::size_t i = 0; i < m_overlay->m_touched.size(); ++i)
        if (m_overlay->m_touched[i].isMoved && m_overlay->m_touched[i].headVersion == 0)
            moved.push_back(i);
    for (const std::size_t each : moved) {
        const auto& stream = m_overlay->m_touched[each];
        const auto found = category(stream);
        if (!found)
            return found.error();
        if (stream.base.id > 0) {
            const auto rank
                = m_base.streamsOfCategoryAt((*found)->base, stream.base.firstPosition);
            if (!rank)
                return rank.error();
            (*found)->removed.push_back(*rank);
        }
        if (stream.headVersion > 0) {
            (*found)->insertions.push_back(each);
            (*found)->births.push_back(stream.firstPosition);
        }
    }
    for (auto& each : m_overlay->m_touchedCategories)
        if (const auto counted = countStreams(each); !counted)
            return counted;
    return {};
}

Result<void> OverlayMaker::countStreams(BranchOverlay::TouchedCategory& category)
{
    std::sort(category.removed.begin(), category.removed.end());
    std::vector<qint64> anchors;
    for (const Position birth : category.births) {
        const auto before = m_base.streamsOfCategoryAt(
            category.base, m_overlay->m_positions.numbersUpTo(birth));
        if (!before)
            return before.error();
        anchors.push_back(*before);
    }
    category.streams = Reranking(category.removed, std::move(anchors));
    const auto inBase = m_base.streamsOfCategoryAt(category.base, m_base.last());
    if (!inBase)
        return inBase.error();
    if (category.streams.size(*inBase) == 0) {
        category.isMoved = true;
        return {};
    }
    const Reranking::Source first = category.streams.sourceOf(1);
    if (first.isInserted) {
        category.birth = category.births[static_cast<std::size_t>(first.number)];
        category.isMoved = true;
        return {};
    }
    category.isMoved = first.number != 1;
    const auto stream
        = m_base.store().streamsOfCategoryAt(category.base, m_base.last(), first.number - 1, 1);
    if (!stream)
        return stream.error();
    category.birth = m_overlay->m_positions.rankOf(stream->value(0).info.firstPosition);
    return {};
}

Result<void> OverlayMaker::rankCategories()
{
    auto& all = m_overlay->m_touchedCategories;
    auto& inserted = m_overlay->m_insertedCategories;
    std::vector<qint64> removed;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].isMoved && all[i].base > 0)
            removed.push_back(all[i].base);
        if (all[i].isMoved && all[i].birth > 0)
            inserted.push_back(i);
    }
    std::sort(removed.begin(), removed.end());
    std::sort(inserted.begin(), inserted.end(),
        [&all](std::size_t a, std::size_t b) { return all[a].birth < all[b].birth; });
    std::vector<qint64> anchors;
    for (const std::size_t each : inserted) {
        const auto before
            = m_base.categoryCountAt(m_overlay->m_positions.numbersUpTo(all[each].birth));
        if (!before)
            return before.error();
        anchors.push_back(*before);
    }
    m_overlay->m_categories = Reranking(std::move(removed), std::move(anchors));
    for (std::size_t i = 0; i < inserted.size(); ++i)
        all[inserted[i]].id = m_overlay->m_categories.rankOfInsertion(i);
    for (auto& each : all)
        if (!each.isMoved)
            each.id = m_overlay->m_categories.rankOf(each.base);
    return {};
}

} // namespace eventloupe
