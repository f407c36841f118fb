#pragma once

#include "store/sqliteeventreader.h"

namespace eventloupe {

/// Whether what is read of a log goes together. Pages of different times, or of different stores,
/// need not look damaged by themselves. On the connections' thread.

/// Whether an event has the hash that follows from what it holds and from the event before. What
/// only looks like one, in a page that is something else by now, has not.
[[nodiscard]] Result<bool> fitsChain(
    SqliteEventReader& events, const LogHead& event, HashChain& chain);

/// Whether the last thousand events up to `to` are found by their ids, versions and types, and known
/// to their streams: what was stored after an earlier copy is missing in its indexes. Some
/// milliseconds.
[[nodiscard]] Result<bool> areFound(SqliteConnection& connection, Position to);

/// What a store's file holds by itself, and the log with what stands in the -wal file.
struct Continuation {
    bool isSound = true; ///< Also where that cannot be said.
    LogHead end; ///< Of the file alone. Position 0: not known.
};

/// Whether the log goes on behind the end of the store's file, which is read alone by `file`: it has
/// the file's last event, the next one follows from that, and its last ones are found. That cannot
/// be said where the file's end is no event: a power cut, or another process that moves pages to it,
/// may have left anything in a page of the file that is read from the -wal file. What is not
/// noticed: an earlier copy that is as long, where only entries of the indexes are missing that are
/// older than a thousand events.
[[nodiscard]] Continuation continuationOf(SqliteEventReader& file, SqliteConnection& connection,
    SqliteEventReader& events, HashChain& chain);

} // namespace eventloupe
