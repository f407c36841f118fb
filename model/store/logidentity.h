#pragma once

#include "store/sqliteeventreader.h"
#include "store/sqlitefileguard.h"

#include <optional>

namespace eventloupe {

/// Whether a store's file still holds the log that was opened, and not another one that was copied
/// over it, which its name and its identity do not tell.
///
/// What SQLite reads does not tell either: the newest pages come from the -wal file, whatever the
/// file below holds. So the file is read alone. The hash of an event never changes, nor does it go,
/// and it follows from all events before: where the file has another one now for the first event or
/// for the last one that was found in it, or none, or is no store any more, it was written over, and
/// what was stored behind it would mix two logs. The -wal file is left as it is then, which SQLite
/// would write into the file at the last close.
///
/// Where the file ends before what is known, or is at odds with itself, another connection reads the
/// rest, and whether the last events are found (areFound()). While another process moves pages from
/// the log to the file, that is of two times; what looks like a difference is looked at again. What is not noticed: a later state of the same log, and
/// what was written over a file that held no event by itself. Thread: the connection's.
class LogIdentity final {
public:
    LogIdentity(SqliteConnection& connection, SqliteEventReader& events, HashChain& chain);

    /// Takes note of the log as it was opened. False where the file and the -wal file beside it are
    /// of different logs or of different times, so that what is read is a mixture: see
    /// continuationOf().
    [[nodiscard]] bool learn();
    /// The end of the log as it is stored now.
    void note(const LogHead& head);
    /// For who writes, under the lock: InputOutput where the log, which ends at `now`, is another
    /// one, or why it cannot be read; else notes the end.
    [[nodiscard]] Result<void> checkEnd(const LogHead& now);
    /// InputOutput where the file holds another log; nothing where it cannot be read. Takes some
    /// 200 microseconds, some milliseconds where the newest events are in the -wal file, and a tenth
    /// of a second before it says so, or where it cannot be read.
    [[nodiscard]] Result<void> checkFile();
    /// The same where the file was written to since the last look.
    [[nodiscard]] Result<void> checkBeforeCommit();
    /// The same between transactions, where the file was written to since the last look, as every
    /// thousand pages of appends; else a look at the disk, a microsecond. A file that is just being
    /// written over may be anything for a moment: who takes lasting note of that looks twice.
    /// Nothing within a transaction.
    [[nodiscard]] Result<void> check();
    /// Before SQLite moves what its log holds into the file: whether it is the same log for sure.
    [[nodiscard]] bool isSame();
    /// For what is to be closed, where the file was written to since the last look: leaves the log
    /// beside another one.
    void prepareClose();

private:
    enum class Finding { Same, Other, Unreadable };
    [[nodiscard]] Finding look();
    [[nodiscard]] Finding lookOnce();
    [[nodiscard]] Finding other(const Error& difference);
    [[nodiscard]] Finding compare(SqliteEventReader& file);
    [[nodiscard]] Finding compareDoubtful();
    [[nodiscard]] Finding compareAnew();
    void advance(SqliteEventReader& file);
    void leaveLog();
    [[nodiscard]] FileStamp stamp() const;
    [[nodiscard]] Error overwrittenError() const;
    [[nodiscard]] Error shortenedError(Position now) const;

    SqliteConnection& m_connection;
    SqliteEventReader& m_events;
    HashChain& m_chain;
    FileStamp m_stamp; ///< When it was the same log last; not there: it was none.
    FileStamp m_unreadable; ///< When it could not be read.
    LogHead m_first; ///< Of the log: its first event,
    LogHead m_last; ///< and its last one that is known.
    LogHead m_stored; ///< The last one that was found in the file alone.
    std::optional<Error> m_difference; ///< Of the last look.
};

} // namespace eventloupe
