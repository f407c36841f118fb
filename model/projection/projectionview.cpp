#include "projection/projectionview.h"

#include <QElapsedTimer>

#include <algorithm>

namespace eventloupe {

namespace {

/// At the clock: an expression may take its tenth of a second for a row, but without a filter
/// there is nothing to wait for.
constexpr std::size_t rowsBetweenLooks = 1;
constexpr std::size_t unfilteredBetweenLooks = 4096;
constexpr std::size_t sortedBetweenLooks = 64 * 1024; ///< At the token, of all to be sorted.
/// So few are sorted at once, and scrolling costs nothing then.
constexpr std::size_t quicklySorted = 20'000;
constexpr quint8 lastRank = 255;

} // namespace

ProjectionView::ProjectionView(std::shared_ptr<const ProjectionHistory> history)
    : m_history(std::move(history))
    , m_table(m_history->cellsOfARow())
{
}

bool ProjectionView::ask(
    const ProjectionQuery& query, std::chrono::milliseconds time, const CancelToken& cancel)
{
    const Position reachable = std::min(query.position, m_history->publishedTo());
    if (query != m_query || reachable != m_position)
        restart(query);
    QElapsedTimer clock;
    clock.start();
    const std::size_t rows = m_isEveryRow ? 0 : m_table.rows();
    const std::size_t step = m_query.filter ? rowsBetweenLooks : unfilteredBetweenLooks;
    while (m_scanned < rows) {
        const std::size_t end = std::min(rows, m_scanned + step);
        for (; m_scanned < end; ++m_scanned) {
            const auto row = static_cast<RowNumber>(m_scanned);
            if (m_table.exists(row) && (!m_query.filter || m_query.filter->matches(m_table, row)))
                m_entries.push_back(entryOf(row));
        }
        m_sortedFrom = m_sortedEnd = 0;
        if (m_scanned < rows && (cancel.isCancelled() || clock.elapsed() >= time.count()))
            return false;
    }
    return true;
}

void ProjectionView::restart(const ProjectionQuery& query)
{
    m_query = query;
    m_position = m_history->seek(m_table, m_cursor, query.position);
    m_scanned = 0;
    m_entries.clear();
    m_sortedFrom = m_sortedEnd = 0;
    if (m_query.filter)
        m_query.filter->forgetFailures();
    m_isEveryRow = !m_query.filter && m_query.sortedBy < 0
        && m_table.existing == static_cast<qint64>(m_table.rows());
}

ProjectionView::Entry ProjectionView::entryOf(RowNumber row) const
{
    if (m_query.sortedBy < 0)
        return { 0, {}, row, 0 };
    const Cell cell = m_table.cell(row, static_cast<std::size_t>(m_query.sortedBy));
    const CellOrder order = orderOf(cell);
    return { order.key, cell, row, order.rank };
}

qint64 ProjectionView::count() const
{
    return m_isEveryRow ? m_table.existing : static_cast<qint64>(m_entries.size());
}

/// What has no value is last either way; rows that are alike are as they came.
bool ProjectionView::isBefore(const Entry& left, const Entry& right) const
{
    if (left.rank == lastRank || right.rank == lastRank) {
        if (left.rank != right.rank)
            return right.rank == lastRank;
        return left.row < right.row;
    }
    if (left.rank != right.rank)
        return (left.rank < right.rank) != m_query.isDescending;
    if (left.key != right.key)
        return (left.key < right.key) != m_query.isDescending;
    const int step = compareAlike(left.cell, right.cell);
    return step != 0 ? (step < 0) != m_query.isDescending : left.row < right.row;
}

void ProjectionView::select(std::size_t first, std::size_t end)
{
    if (m_query.sortedBy < 0 || (first >= m_sortedFrom && end <= m_sortedEnd))
        return;
    if (m_entries.size() <= quicklySorted) {
        first = 0;
        end = m_entries.size();
    }
    const auto less
        = [this](const Entry& left, const Entry& right) { return isBefore(left, right); };
    if (first > 0)
        std::nth_element(m_entries.begin(), entryAt(first), m_entries.end(), less);
    if (end < m_entries.size())
        std::nth_element(entryAt(first), entryAt(end), m_entries.end(), less);
    std::sort(entryAt(first), entryAt(end), less);
    m_sortedFrom = first;
    m_sortedEnd = end;
}

std::vector<ProjectionView::Entry>::iterator ProjectionView::entryAt(std::size_t index)
{
    return m_entries.begin() + static_cast<std::ptrdiff_t>(index);
}

/// Halves what is long, so that between two pieces it can end.
bool ProjectionView::sortAll(const std::function<bool()>& isCancelled)
{
    if (m_query.sortedBy < 0)
        return !isCancelled();
    const auto less
        = [this](const Entry& left, const Entry& right) { return isBefore(left, right); };
    m_sortedFrom = m_sortedEnd = 0;
    std::vector<std::pair<std::size_t, std::size_t>> pieces { { 0, m_entries.size() } };
    while (!pieces.empty()) {
        if (isCancelled())
            return false;
        const auto [first, end] = pieces.back();
        pieces.pop_back();
        if (end - first <= sortedBetweenLooks) {
            std::sort(entryAt(first), entryAt(end), less);
            continue;
        }
        const std::size_t middle = first + (end - first) / 2;
        std::nth_element(entryAt(first), entryAt(middle), entryAt(end), less);
        pieces.emplace_back(first, middle);
        pieces.emplace_back(middle, end);
    }
    m_sortedEnd = m_entries.size();
    return true;
}

std::vector<RowNumber> ProjectionView::rows(qint64 first, qint64 limit)
{
    const auto from = static_cast<std::size_t>(std::clamp<qint64>(first, 0, count()));
    const auto end = static_cast<std::size_t>(std::clamp<qint64>(first + limit, 0, count()));
    std::vector<RowNumber> rows;
    if (!m_isEveryRow && from < end)
        select(from, end);
    for (std::size_t i = from; i < end; ++i)
        rows.push_back(m_isEveryRow ? static_cast<RowNumber>(i) : m_entries[i].row);
    return rows;
}

} // namespace eventloupe
