#pragma once

#include <QByteArray>

#include <optional>
#include <span>
#include <vector>

namespace eventloupe {

// Pages of the b-trees in which SQLite keeps tables, as its file format says:
// https://www.sqlite.org/fileformat2.html, 1.6 (b-tree pages) and 2.1 (records). Not for page 1,
// which begins with the file's header.

/// The tables of a store, whose rows have different records.
enum class StoreTable : quint8 { Category, Stream, EventType, Event };

/// What a leaf page of a table holds.
struct TableLeaf {
    qint64 first = 0; ///< Row ids.
    qint64 last = 0;
    int cells = 0; ///< At least 1.
    std::optional<StoreTable> table; ///< By the first record that tells.
};

/// A page below an interior one, with the rows up to `last`.
struct TableChild {
    quint32 page = 0;
    qint64 last = 0; ///< The largest number there is, of the last one.
};

/// Nothing where the page is none, or any cell of it is not inside of it and in order. `usable` is
/// the page's size less the bytes that the file reserves in each.
[[nodiscard]] std::optional<TableLeaf> readTableLeaf(const QByteArray& page, int usable);

/// The pages below an interior page, two at least; empty where it is none, strictly.
[[nodiscard]] std::vector<TableChild> readTableInterior(const QByteArray& page, int usable);

/// How many pages there is room for below an interior one, whatever their row ids.
[[nodiscard]] std::size_t mostTableChildren(int usable);

/// An interior page with two children at least and mostTableChildren() at most.
[[nodiscard]] QByteArray makeTableInterior(
    std::span<const TableChild> children, int pageSize, int usable);

/// A root page without rows.
[[nodiscard]] QByteArray makeEmptyTable(int pageSize, int usable);

} // namespace eventloupe
