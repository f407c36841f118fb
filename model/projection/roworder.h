#pragma once

#include "projection/projectiontable.h"

#include <functional>
#include <optional>
#include <string>

namespace eventloupe {

/// Which rows of a table are shown, and what they are sorted by: a rank and a key a row, that stay
/// from one position to the next. A page of a million rows is found in one pass over them, and none
/// moves. For one thread.
class RowOrder {
public:
    /// All rows hidden; `sortedBy` is a cell's number, or -1: as the rows came.
    void restart(int sortedBy, bool isDescending);
    /// The table has so many rows; new ones are hidden.
    void resize(std::size_t rows);
    void show(const ProjectionTable& table, RowNumber row);
    void hide(RowNumber row) { place(row, hidden, 0); }
    /// Hides a row that a filter failed at.
    void fail(RowNumber row) { place(row, failed, 0); }

    [[nodiscard]] qint64 count() const { return m_count; } ///< Rows that are shown.
    [[nodiscard]] qint64 failures() const { return m_failures; }
    [[nodiscard]] std::optional<RowNumber> firstFailure() const;
    [[nodiscard]] bool isSorted() const { return m_sortedBy >= 0; }
    /// Rows first..first+limit-1 that are shown, in their order; fewer at the end. What is missing
    /// or null is last either way; rows that are alike are as they came.
    [[nodiscard]] std::vector<RowNumber> rows(
        const ProjectionTable& table, std::size_t first, std::size_t limit);
    /// Puts all into their order, for who reads them all; false where it was cancelled.
    [[nodiscard]] bool sortAll(
        const ProjectionTable& table, const std::function<bool()>& isCancelled);
    [[nodiscard]] qint64 bytes() const; ///< In memory.

private:
    static constexpr quint8 last = 4; ///< The rank of what is missing or null.
    static constexpr quint8 hidden = 254;
    static constexpr quint8 failed = 255;
    class Before;

    void place(RowNumber row, quint8 rank, quint64 key);
    void learnPrefix(const ProjectionTable& table);
    [[nodiscard]] std::vector<RowNumber> shown() const;
    [[nodiscard]] std::vector<RowNumber> sample() const;
    [[nodiscard]] std::vector<RowNumber> unsortedRows(std::size_t first, std::size_t limit) const;
    [[nodiscard]] std::vector<RowNumber> selected(
        const ProjectionTable& table, std::size_t first, std::size_t end) const;
    /// The rows from `low` on and before `high`; gives how many are before `low`.
    std::size_t between(
        const Before& isBefore, RowNumber low, RowNumber high, std::vector<RowNumber>& found) const;

    int m_sortedBy = -1;
    bool m_isDescending = false;
    bool m_knowsPrefix = false;
    std::string m_prefix; ///< That most of the column's texts begin with, in lower case.
    std::vector<quint8> m_ranks;
    std::vector<quint64> m_keys; ///< Empty where nothing is sorted.
    std::vector<RowNumber> m_sorted; ///< All that are shown, or none.
    qint64 m_count = 0;
    qint64 m_failures = 0;
};

} // namespace eventloupe
