#pragma once

#include "projection/projectionfilter.h"
#include "projection/projectionhistory.h"
#include "projection/roworder.h"

#include "value/canceltoken.h"

#include <chrono>
#include <functional>

namespace eventloupe {

/// What of a table is shown, and in which order.
struct ProjectionQuery {
    Position position = 0;
    std::shared_ptr<ProjectionFilter> filter; ///< Null: all rows.
    int sortedBy = -1; ///< A cell's number, 0 the key; -1: as the rows came.
    bool isDescending = false;

    friend bool operator==(const ProjectionQuery&, const ProjectionQuery&) = default;
};

/// A projection's rows at a position, filtered and sorted as far as they are looked at: a page of a
/// million rows takes a selection, not a sort, and where the position moves, only rows that changed
/// are looked at again. Belongs to one thread at a time; the history may grow meanwhile.
class ProjectionView {
public:
    explicit ProjectionView(std::shared_ptr<const ProjectionHistory> history);

    /// Goes to the query's position, or as far as the history is, and looks for the rows that fit,
    /// at those of the last page first. False when the time was not enough, or it was cancelled,
    /// and another call goes on from there: rows that were not looked at yet are hidden, or where
    /// they were at the last position. One row is looked at in any case.
    bool ask(const ProjectionQuery& query, std::chrono::milliseconds time,
        const CancelToken& cancel = {});
    /// Puts all rows that fit into the query's order at once, for who reads them all; false where
    /// it was cancelled.
    bool sortAll(const std::function<bool()>& isCancelled);
    /// Where the table is: the query's position, or less.
    [[nodiscard]] Position position() const { return m_position; }
    [[nodiscard]] const ProjectionTable& table() const { return m_table; }
    [[nodiscard]] const ProjectionHistory& history() const { return *m_history; }
    /// Rows that fit, of those that were looked at.
    [[nodiscard]] qint64 count() const;
    /// Rows first..first+limit-1 in the query's order; fewer at the end.
    [[nodiscard]] std::vector<RowNumber> rows(qint64 first, qint64 limit);
    /// Rows that the filter failed at, and why at the first.
    [[nodiscard]] qint64 filterFailures() const { return m_order.failures(); }
    [[nodiscard]] QString filterReason() const;

private:
    void restart(const ProjectionQuery& query);
    void findDue(const ProjectionHistory::Changed& changed);
    void makeDue(RowNumber row);
    void lookAt(RowNumber row);

    std::shared_ptr<const ProjectionHistory> m_history;
    ProjectionTable m_table;
    ProjectionHistory::Cursor m_cursor;
    ProjectionQuery m_query;
    Position m_position = -1;
    bool m_isEveryRow = false; ///< All rows, as they came: there is no other order.
    bool m_isOrderLate = true; ///< It is not of the last position.
    RowOrder m_order;
    std::vector<quint64> m_stamps; ///< Of the rows as they were when they were looked at.
    std::vector<RowNumber> m_due; ///< Rows to be looked at.
    std::size_t m_nextDue = 0;
    std::vector<RowNumber> m_page; ///< That was given last.
};

} // namespace eventloupe
