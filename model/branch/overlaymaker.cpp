#include "branch/overlaymaker.h"

#include "branch/branchtext.h"

#include <algorithm>
#include <utility>

namespace eventloupe {

namespace {
using BranchText::tr;
} // namespace

Result<void> OverlayMaker::make(BranchOverlay& overlay, const QList<BranchEdit>& edits)
{
    m_overlay = &overlay;
    for (const BranchEdit& each : edits)
        if (const auto applied = apply(each); !applied)
            return applied;
    if (const auto placed = place(); !placed)
        return placed;
    if (const auto touched = touchStreams(); !touched)
        return touched;
    if (const auto ranked = rankStreams(); !ranked)
        return ranked;
    if (const auto touched = touchCategories(); !touched)
        return touched;
    return rankCategories();
}

Result<void> OverlayMaker::check(const BranchPlace& place) const
{
    if (place.isInserted() && place.inserted > static_cast<qint64>(m_puts.size()))
        return Error { ErrorCode::NotFound,
            tr("the branch has no event %1 of its own").arg(place.inserted) };
    if (!place.isInserted() && (place.base < 0 || place.base > m_base.last()))
        return Error { ErrorCode::NotFound,
            tr("there is no event #%1 on the branch, whose log ends at #%2")
                .arg(place.base)
                .arg(m_base.last()) };
    return {};
}

Result<void> OverlayMaker::apply(const BranchEdit& edit)
{
    for (const BranchPlace& each : edit.places)
        if (const auto isThere = check(each); !isThere)
            return isThere;
    switch (edit.kind) {
    case BranchEdit::Kind::Skip:
    case BranchEdit::Kind::Restore:
        for (const BranchPlace& each : edit.places)
            if (const auto set = setThere(each, edit.kind == BranchEdit::Kind::Restore); !set)
                return set;
        return {};
    case BranchEdit::Kind::Change:
        if (edit.places.isEmpty() || edit.events.isEmpty())
            break;
        return change(edit.places.first(), edit.events.first());
    case BranchEdit::Kind::Insert:
        if (edit.places.isEmpty())
            break;
        return insert(edit.places.first(), edit.events);
    case BranchEdit::Kind::Append:
        append(edit.events);
        return {};
    }
    return Error { ErrorCode::InvalidArgument, tr("an edit of the branch lacks its event") };
}

Result<void> OverlayMaker::setThere(const BranchPlace& place, bool isThere)
{
    if (place.isInserted())
        m_puts[static_cast<std::size_t>(place.inserted - 1)].isThere = isThere;
    else if (place.base == 0)
        return Error { ErrorCode::InvalidArgument, tr("there is no event #0") };
    else if (isThere)
        m_skipped.erase(place.base);
    else
        m_skipped.insert(place.base);
    return {};
}

Result<void> OverlayMaker::change(const BranchPlace& place, const BranchEvent& to)
{
    if (place.isInserted()) {
        NewEvent& event = m_puts[static_cast<std::size_t>(place.inserted - 1)].event.event;
        event.type = to.event.type;
        event.data = to.event.data;
        event.metadata = to.event.metadata;
    } else if (place.base == 0) {
        return Error { ErrorCode::InvalidArgument, tr("there is no event #0") };
    } else {
        m_changed[place.base] = to;
    }
    return {};
}

Result<void> OverlayMaker::insert(const BranchPlace& behind, const QList<BranchEvent>& events)
{
    const Position anchor = behind.isInserted()
        ? m_puts[static_cast<std::size_t>(behind.inserted - 1)].anchor
        : behind.base;
    auto& order = m_order[anchor];
    auto at = behind.isInserted() ? std::find(order.begin(), order.end(), behind.inserted) + 1
                                  : order.begin();
    for (const BranchEvent& each : events) {
        m_puts.push_back({ each, anchor, true });
        at = order.insert(at, static_cast<qint64>(m_puts.size())) + 1;
    }
    return {};
}

void OverlayMaker::append(const QList<BranchEvent>& events)
{
    auto& order = m_order[m_base.last()];
    for (const BranchEvent& each : events) {
        m_puts.push_back({ each, m_base.last(), true });
        order.push_back(static_cast<qint64>(m_puts.size()));
    }
}

void OverlayMaker::put(Position anchor, const BranchPlace& place, const BranchEvent& event)
{
    BranchOverlay::Inserted inserted;
    inserted.place = place;
    inserted.anchor = anchor;
    inserted.streamName = event.stream.toUtf8();
    inserted.type = event.event.type.toUtf8();
    inserted.id = event.event.id.toUtf8();
    inserted.data = event.event.data;
    inserted.metadata = event.event.metadata;
    inserted.time = event.event.time;
    m_overlay->m_inserted.push_back(std::move(inserted));
}

/// Gives everything its position. A changed event is gone from the log, and another one stands
/// behind where it was.
Result<void> OverlayMaker::place()
{
    QList<Position> gone(m_skipped.begin(), m_skipped.end());
    for (const auto& [position, to] : m_changed)
        if (!m_skipped.contains(position))
            gone.append(position);
    std::sort(gone.begin(), gone.end());
    if (const auto loaded = m_base.load(gone); !loaded)
        return loaded;

    auto changed = m_changed.begin();
    auto ordered = m_order.begin();
    while (changed != m_changed.end() || ordered != m_order.end()) {
        const bool isChange = ordered == m_order.end()
            || (changed != m_changed.end() && changed->first <= ordered->first);
        if (isChange) {
            const auto& [position, to] = *changed++;
            if (m_skipped.contains(position))
                continue;
            const Event& was = m_base.event(position);
            put(position, { position, 0 },
                { was.stream,
                    { to.event.type, to.event.data, to.event.metadata, was.time, was.id } });
            continue;
        }
        for (const qint64 number : ordered->second)
            if (const Put& each = m_puts[static_cast<std::size_t>(number - 1)]; each.isThere)
                put(each.anchor, { 0, number }, each.event);
        ++ordered;
    }

    std::vector<qint64> anchors;
    anchors.reserve(m_overlay->m_inserted.size());
    for (const auto& each : m_overlay->m_inserted)
        anchors.push_back(each.anchor);
    m_overlay->m_positions = Reranking({ gone.begin(), gone.end() }, std::move(anchors));
    m_overlay->m_head = m_overlay->m_positions.size(m_base.last());
    for (const Position each : m_skipped)
        m_overlay->m_skipped.append(m_base.event(each));
    return {};
}

} // namespace eventloupe
