#pragma once

#include "projection/projectionfilter.h"
#include "projection/projectionhistory.h"

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
/// million rows takes a selection, not a sort. Belongs to one thread at a time; the history may
/// grow meanwhile.
class ProjectionView {
public:
    explicit ProjectionView(std::shared_ptr<const ProjectionHistory> history);

    /// Goes to the query's position, or as far as the history is, and looks for the rows that fit.
    /// False when the time was not enough, or it was cancelled: they are those of the first rows
    /// then, and another call goes on from there. One row is looked at in any case.
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

private:
    struct Entry {
        quint64 key = 0;
        Cell cell; ///< By which it is sorted.
        RowNumber row = 0;
        quint32 rank = 0;
    };
    [[nodiscard]] bool isBefore(const Entry& left, const Entry& right) const;
    void restart(const ProjectionQuery& query);
    [[nodiscard]] Entry entryOf(RowNumber row) const;
    void select(std::size_t first, std::size_t end);
    [[nodiscard]] std::vector<Entry>::iterator entryAt(std::size_t index);

    std::shared_ptr<const ProjectionHistory> m_history;
    ProjectionTable m_table;
    ProjectionHistory::Cursor m_cursor;
    ProjectionQuery m_query;
    Position m_position = -1;
    bool m_isEveryRow = false; ///< All rows, as they came: there are no entries.
    std::vector<Entry> m_entries; ///< Rows that fit.
    std::size_t m_scanned = 0; ///< Rows that were looked at.
    std::size_t m_sortedFrom = 0; ///< These entries are in their places.
    std::size_t m_sortedEnd = 0;
};

} // namespace eventloupe
