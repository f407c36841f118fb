#pragma once

#include "store/sqliteeventreader.h"

namespace eventloupe {

/// Names the events of a damaged file that are in the log and that a reader who looks for them is
/// not given: by their position, their stream and version, their id, their type, or the number of
/// their stream; and those that an index gives in the place of others, or out of order. Where the
/// order of a page's cells is damaged, a scan meets rows that a search does not find, and the other
/// way round (https://sqlite.org/fileformat2.html, 1.6): what is right in the one need not be in
/// the other.
///
/// Each event is sought in each index, and each entry of an index in the log, as SQLite's own check
/// does: for a file in which that check found something. Constant memory. The log is read on one
/// connection, and sought on another one of the same file. `last` is the last position that the
/// store knows of. Fails with Cancelled; damage ends no more than what met it.
[[nodiscard]] Result<void> checkLookups(SqliteConnection& scans, SqliteConnection& seeks,
    SqliteEventReader& events, Position last, const CancelToken& cancel,
    const std::function<void(const StoreFault&)>& report);

} // namespace eventloupe
