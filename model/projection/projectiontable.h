#pragma once

#include "projection/cell.h"
#include "value/event.h"

#include <span>
#include <vector>

namespace eventloupe {

/// A row's number in its projection, from 0 in order of birth. One that was deleted and comes again
/// has its number again.
using RowNumber = quint32;

/// A table at a position: the rows that were ever there, by number. A row is a word that says
/// whether it is there and which event was its last, and its cells: the key, then the columns.
struct ProjectionTable {
    /// A change of a row: two words, and the cells whose bits are set in the mask.
    struct Change {
        static constexpr RowNumber noRow = 0xffffffffU; ///< An event that failed before its row.
        static constexpr quint64 exists = quint64(1) << 63U;
        static constexpr quint64 failed = quint64(1) << 62U;
        static constexpr quint64 cells = failed - 1; ///< The mask.
    };

    explicit ProjectionTable(std::size_t cellsOfARow = 1)
        : stride(cellsOfARow + 1)
    {
    }

    [[nodiscard]] std::size_t rows() const { return words.size() / stride; }
    [[nodiscard]] bool exists(RowNumber row) const { return (head(row) & Change::exists) != 0; }
    [[nodiscard]] bool hasFailed(RowNumber row) const { return (head(row) & Change::failed) != 0; }
    /// Of the event that changed the row last.
    [[nodiscard]] Position positionOf(RowNumber row) const
    {
        return static_cast<Position>(head(row) & Change::cells);
    }
    /// Cell 0 is the key.
    [[nodiscard]] Cell cell(RowNumber row, std::size_t number) const
    {
        return Cell::fromBits(words[row * stride + 1 + number]);
    }
    [[nodiscard]] std::span<const quint64> wordsOf(RowNumber row) const
    {
        return { words.data() + row * stride, stride };
    }

    /// Applies a change of a row by the event at `position`.
    void apply(Position by, RowNumber row, quint64 flags, const quint64* cells);
    /// For the processor, before a row is changed.
    void prefetch(RowNumber row) const
    {
        const std::size_t begin = row * stride;
        if (begin >= words.size())
            return;
        __builtin_prefetch(words.data() + begin, 1);
        __builtin_prefetch(words.data() + begin + stride - 1, 1);
    }
    /// Before the first event.
    void clear();

    std::size_t stride; ///< Words a row.
    std::vector<quint64> words;
    Position position = 0; ///< Of the last event that was applied.
    qint64 existing = 0; ///< Rows that are there.
    qint64 failures = 0; ///< Events that failed before they had a row.

    /// Which is another one whenever the row was changed.
    [[nodiscard]] quint64 stampOf(RowNumber row) const { return head(row); }

private:
    [[nodiscard]] quint64 head(RowNumber row) const { return words[row * stride]; }
};

} // namespace eventloupe
