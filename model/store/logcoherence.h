#pragma once

#include "store/sqliteeventreader.h"

namespace eventloupe {

/// Whether what is read of a log goes together. Pages of different times, or of different stores,
/// need not look damaged by themselves. On the connections' thread.

/// Whether an event has the hash that follows from what it holds and from the event before. What
/// only looks like one, in a page that is something else by now, has not.
[[nodiscard]] Result<bool> fitsChain(
    SqliteEventReader& events, const LogHead& event, HashChain& chain);

/// Whether the events behind `from`, up to `to`, are found by their ids and by their versions, and
/// known to their streams. Of many, the last thousand; some microseconds each.
[[nodiscard]] Result<bool> areFound(SqliteConnection& connection, Position from, Position to);

/// Whether the log of `events` goes on behind the end of `file`, which is the store's file read
/// alone: it has the file's last event, the next one follows from that, and all from there on are
/// found. True where that cannot be said: a power cut, or another process that moves pages to it,
/// may have left anything in a page of the file that is read from the -wal file. Nothing where the
/// file's end is not known for sure, else what it is, where it is true.
struct Continuation {
    bool isSound = true;
    LogHead end; ///< Position 0: not known.
};
[[nodiscard]] Continuation continuationOf(SqliteEventReader& file, SqliteConnection& connection,
    SqliteEventReader& events, HashChain& chain);

} // namespace eventloupe
