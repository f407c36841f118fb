#include "branch/branchscan.h"

#include "branch/branchtext.h"

#include <algorithm>

namespace eventloupe {

namespace {

bool isIn(const std::optional<QStringList>& texts, std::string_view text)
{
    return !texts
        || texts->contains(
            QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
}

} // namespace

void BranchScan::setRange(Position from, Position to)
{
    const Reranking& positions = m_overlay.positions();
    m_baseFrom = positions.numbersUpTo(from - 1) + 1;
    m_baseTo = positions.numbersUpTo(to);
    const auto& removed = positions.removed();
    m_nextRemoved = static_cast<std::size_t>(
        std::lower_bound(removed.begin(), removed.end(), m_baseFrom) - removed.begin());
    m_nextInserted = positions.insertionsUpTo(from - 1);
    m_endInserted = positions.insertionsUpTo(to);
}

bool BranchScan::takeBase(const EventView& event)
{
    const auto& removed = m_overlay.positions().removed();
    while (m_nextRemoved < removed.size() && removed[m_nextRemoved] < event.position)
        ++m_nextRemoved;
    if (m_nextRemoved < removed.size() && removed[m_nextRemoved] == event.position)
        return true;
    const auto& anchors = m_overlay.positions().anchors();
    while (m_nextInserted < m_endInserted && anchors[m_nextInserted] < event.position)
        if (!visitInserted(m_nextInserted++))
            return false;
    EventView own = event;
    own.position = event.position - static_cast<qint64>(m_nextRemoved)
        + static_cast<qint64>(m_nextInserted);
    translate(m_overlay, own);
    if (m_selection && own.streamId != 0 && !m_selection->versions.holds(own.version))
        return true;
    if (!m_visitor(own))
        m_isStopped = true;
    return !m_isStopped;
}

bool BranchScan::visitInserted(std::size_t insertion)
{
    if (m_cancel.isCancelled())
        m_isCancelled = true;
    if (m_isStopped || m_isCancelled)
        return false;
    if (m_selection && !admits(*m_selection, viewOf(m_overlay, insertion, allScanColumns)))
        return true;
    if (!m_visitor(viewOf(m_overlay, insertion, m_columns)))
        m_isStopped = true;
    return !m_isStopped;
}

void BranchScan::finish()
{
    while (m_nextInserted < m_endInserted && visitInserted(m_nextInserted))
        ++m_nextInserted;
}

Result<void> BranchScan::result() const
{
    if (m_isCancelled)
        return Error { ErrorCode::Cancelled, BranchText::tr("cancelled") };
    return {};
}

void BranchScan::translate(const BranchOverlay& overlay, EventView& event)
{
    if (event.streamId == 0)
        return;
    if (const auto* touched = overlay.touchedByBase(event.streamId)) {
        event.streamId = touched->id;
        event.version = touched->versions.rankOf(event.version);
    } else {
        event.streamId = overlay.streams().rankOf(event.streamId);
    }
}

EventView BranchScan::viewOf(
    const BranchOverlay& overlay, std::size_t insertion, ScanColumns columns)
{
    const BranchOverlay::Inserted& inserted = overlay.inserted()[insertion];
    EventView view;
    view.position = overlay.positions().rankOfInsertion(insertion);
    view.streamId = overlay.touched()[inserted.stream].id;
    view.version = inserted.version;
    const auto give = [columns](ScanColumn column, const QByteArray& text) {
        return columns.testFlag(column) ? eventloupe::viewOf(text) : std::string_view();
    };
    view.stream = give(ScanColumn::Stream, inserted.streamName);
    view.type = give(ScanColumn::Type, inserted.type);
    view.id = give(ScanColumn::Id, inserted.id);
    view.data = give(ScanColumn::Data, inserted.data);
    view.metadata = give(ScanColumn::Metadata, inserted.metadata);
    view.time = inserted.time;
    return view;
}

bool BranchScan::admits(const LogSelection& selection, const EventView& event)
{
    const std::string_view category = event.stream.substr(0, event.stream.find('-'));
    return selection.positions.holds(event.position) && selection.versions.holds(event.version)
        && selection.times.holds(event.time.microseconds) && isIn(selection.types, event.type)
        && isIn(selection.streams, event.stream) && isIn(selection.categories, category)
        && isIn(selection.ids, event.id);
}

} // namespace eventloupe
