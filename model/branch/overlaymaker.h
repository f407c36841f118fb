#pragma once

#include "branch/branchoverlay.h"

#include <map>
#include <set>

namespace eventloupe {

/// Works an overlay out, step by step: events, their positions, streams, categories.
class OverlayMaker final {
public:
    explicit OverlayMaker(BaseLog& base)
        : m_base(base)
    {
    }
    Result<void> make(BranchOverlay& overlay, const QList<BranchEdit>& edits);

private:
    struct Put {
        BranchEvent event;
        Position anchor = 0;
        bool isThere = true;
    };
    Result<void> apply(const BranchEdit& edit);
    Result<void> setThere(const BranchPlace& place, bool isThere);
    Result<void> change(const BranchPlace& place, const BranchEvent& to);
    Result<void> insert(const BranchPlace& behind, const QList<BranchEvent>& events);
    void append(const QList<BranchEvent>& events);
    [[nodiscard]] Result<void> check(const BranchPlace& place) const;

    Result<void> place();
    void put(Position anchor, const BranchPlace& place, const BranchEvent& event);
    Result<void> touchStreams();
    Result<std::size_t> touch(const QString& name);
    Result<void> countVersions(BranchOverlay::Touched& stream);
    Result<void> findBirth(BranchOverlay::Touched& stream);
    Result<Position> positionOf(const BranchOverlay::Touched& stream, StreamVersion version);
    Result<void> rankStreams();
    Result<void> touchCategories();
    Result<BranchOverlay::TouchedCategory*> category(const BranchOverlay::Touched& stream);
    Result<void> countStreams(BranchOverlay::TouchedCategory& category);
    Result<void> rankCategories();

    BaseLog& m_base;
    BranchOverlay* m_overlay = nullptr;
    std::vector<Put> m_puts;
    std::map<Position, std::vector<qint64>> m_order; ///< By anchor: numbers of puts, from 1.
    std::set<Position> m_skipped;
    std::map<Position, BranchEvent> m_changed;
    QHash<QString, std::size_t> m_categoriesByName;
};

} // namespace eventloupe
