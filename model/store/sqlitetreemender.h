#pragma once

#include "store/sqlitepagecopy.h"
#include "value/event.h"

namespace eventloupe {

/// For a store with a lost page above others, without which SQLite finds none of the rows below: a
/// copy of its file in which the trees of its tables lead to all the leaf pages that are there.
/// Null where the trees do so and lead to no page behind the file's end, and none is made where
/// each table can be read from end to end and lacks no row, which is one read of its leaves.
///
/// The pages are told by what they hold. A leaf that no tree leads to may also be one that was
/// given up, with rows of an older state: it is taken only where its rows are not on one that a
/// tree leads to, and who reads the copy has to look at what it finds, by the hash chain. Only
/// tables: indexes are as damaged as they were, and the copy may be one that was cut. One entry a
/// leaf page is kept in memory.
///
/// `last` is the log's last event as far as is known otherwise; `file` names the place where the
/// copy is made. The damaged store is only read. `progress` gets pages, see SqlitePageCopy.
/// DiskFull, InputOutput and so on where the copy cannot be made, Cancelled. On the thread of the
/// connection.
[[nodiscard]] Result<std::unique_ptr<SqlitePageCopy>> mendTrees(SqliteConnection& damaged,
    Position last, const QString& file, const Progress& progress, const CancelToken& cancel);

} // namespace eventloupe
