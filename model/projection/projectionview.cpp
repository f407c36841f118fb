#include "projection/projectionview.h"

#include <QElapsedTimer>

#include <algorithm>

namespace eventloupe {

namespace {

/// At the clock: an expression may take its tenth of a second for a row, but most take none, and
/// without a filter there is nothing to wait for.
constexpr std::size_t mostFilteredBetweenLooks = 8;
constexpr std::size_t unfilteredBetweenLooks = 4096;
constexpr std::size_t ahead = 16; ///< Rows that are fetched meanwhile.

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
    std::size_t step = m_query.filter ? 1 : unfilteredBetweenLooks;
    while (m_nextDue < m_due.size()) {
        const std::size_t end = std::min(m_due.size(), m_nextDue + step);
        for (; m_nextDue < end; ++m_nextDue) {
            if (m_query.sortedBy >= 0 && m_nextDue + ahead < m_due.size())
                m_table.cell(m_due[m_nextDue + ahead], static_cast<std::size_t>(m_query.sortedBy))
                    .prefetch();
            lookAt(m_due[m_nextDue]);
        }
        if (m_nextDue < m_due.size() && (cancel.isCancelled() || clock.elapsed() >= time.count()))
            return false;
        if (m_query.filter)
            step = std::min(step * 2, mostFilteredBetweenLooks);
    }
    m_due.clear();
    m_nextDue = 0;
    return true;
}

void ProjectionView::restart(const ProjectionQuery& query)
{
    const bool isOther = query.filter != m_query.filter || query.sortedBy != m_query.sortedBy
        || query.isDescending != m_query.isDescending;
    m_query = query;
    ProjectionHistory::Changed changed { isOther || m_isOrderLate, {} };
    m_position = m_history->seek(m_table, m_cursor, query.position, &changed);
    m_isEveryRow = !m_query.filter && m_query.sortedBy < 0
        && m_table.existing == static_cast<qint64>(m_table.rows());
    if (isOther) {
        m_order.restart(m_query.sortedBy, m_query.isDescending);
        m_stamps.clear();
        m_page.clear();
    }
    m_isOrderLate = m_isEveryRow;
    if (m_isEveryRow) {
        m_due.clear();
        m_nextDue = 0;
    } else {
        findDue(changed);
    }
}

void ProjectionView::findDue(const ProjectionHistory::Changed& changed)
{
    const std::size_t rows = m_table.rows();
    m_order.resize(rows);
    m_stamps.resize(rows, 0);
    // What was due before is so still.
    m_due.erase(m_due.begin(), m_due.begin() + static_cast<std::ptrdiff_t>(m_nextDue));
    m_nextDue = 0;
    if (!changed.isAny) {
        for (const RowNumber row : changed.rows)
            makeDue(row);
        return;
    }
    m_due.clear();
    for (const RowNumber row : m_page)
        makeDue(row);
    for (std::size_t row = 0; row < rows; ++row)
        makeDue(static_cast<RowNumber>(row));
}

/// Rows that are not there any more are gone at once.
void ProjectionView::makeDue(RowNumber row)
{
    if (row >= m_stamps.size() || m_table.stampOf(row) == m_stamps[row])
        return;
    if (m_table.exists(row)) {
        m_due.push_back(row);
        return;
    }
    m_stamps[row] = m_table.stampOf(row);
    m_order.hide(row);
}

/// A row may be due more than once.
void ProjectionView::lookAt(RowNumber row)
{
    if (m_table.stampOf(row) == m_stamps[row] || !m_table.exists(row))
        return;
    m_stamps[row] = m_table.stampOf(row);
    const auto answer
        = m_query.filter ? m_query.filter->judge(m_table, row) : ProjectionFilter::Answer::Fits;
    if (answer == ProjectionFilter::Answer::Fits)
        m_order.show(m_table, row);
    else if (answer == ProjectionFilter::Answer::FitsNot)
        m_order.hide(row);
    else
        m_order.fail(row);
}

qint64 ProjectionView::count() const
{
    return m_isEveryRow ? m_table.existing : m_order.count();
}

bool ProjectionView::sortAll(const std::function<bool()>& isCancelled)
{
    return m_isEveryRow ? !isCancelled() : m_order.sortAll(m_table, isCancelled);
}

std::vector<RowNumber> ProjectionView::rows(qint64 first, qint64 limit)
{
    const auto from = static_cast<std::size_t>(std::clamp<qint64>(first, 0, count()));
    const auto end = static_cast<std::size_t>(std::clamp<qint64>(first + limit, 0, count()));
    m_page.clear();
    if (!m_isEveryRow) {
        m_page = m_order.rows(m_table, from, end - from);
        return m_page;
    }
    for (std::size_t i = from; i < end; ++i)
        m_page.push_back(static_cast<RowNumber>(i));
    return m_page;
}

QString ProjectionView::filterReason() const
{
    const auto row = m_order.firstFailure();
    return row && m_query.filter ? m_query.filter->reasonAt(m_table, *row) : QString();
}

} // namespace eventloupe
