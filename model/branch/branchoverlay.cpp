#include "branch/branchoverlay.h"

#include "branch/overlaymaker.h"

namespace eventloupe {

Result<std::shared_ptr<const BranchOverlay>> BranchOverlay::make(
    BaseLog& base, const QList<BranchEdit>& edits)
{
    const auto overlay = std::make_shared<BranchOverlay>();
    if (const auto made = OverlayMaker(base).make(*overlay, edits); !made)
        return made.error();
    return std::shared_ptr<const BranchOverlay>(overlay);
}

namespace {

template <class Map, class Key, class Value>
const Value* found(const Map& map, const Key& key, const std::vector<Value>& values)
{
    const auto place = map.find(key);
    return place == map.end() ? nullptr : &values[place->second];
}

} // namespace

const BranchOverlay::Touched* BranchOverlay::touchedByName(const QString& name) const
{
    const auto place = m_byName.constFind(name);
    return place == m_byName.constEnd() ? nullptr : &m_touched[*place];
}

const BranchOverlay::Touched* BranchOverlay::touchedByBase(StreamId id) const
{
    return found(m_byBase, id, m_touched);
}

const BranchOverlay::Touched* BranchOverlay::touchedById(StreamId id) const
{
    return found(m_byId, id, m_touched);
}

const BranchOverlay::TouchedCategory* BranchOverlay::categoryByBase(qint64 id) const
{
    return found(m_categoryByBase, id, m_touchedCategories);
}

BranchPlace BranchOverlay::placeAt(Position position) const
{
    const Reranking::Source source = m_positions.sourceOf(position);
    if (source.isInserted)
        return m_inserted[static_cast<std::size_t>(source.number)].place;
    return { source.number, 0 };
}

} // namespace eventloupe
