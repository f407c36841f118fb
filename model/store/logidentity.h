#pragma once

#include "store/sqliteeventreader.h"
#include "store/sqlitefileguard.h"

#include <optional>

namespace eventloupe {

/// Whether a store's file still holds the log that was opened, and not another one that was copied
/// over it, which its name and its identity do not tell.
///
/// The hash of an event never changes, nor does it go, and it follows from all events before: where
/// the file has another one now for the last event that is known, or none, or is no store any more,
/// it was written over, and what was stored behind it would mix two logs. The -wal file is left as
/// it is then, which SQLite would write into the file at the last close. What else may be seen
/// (pages that contradict each other) may be damage as well. What is not noticed: a later state of
/// the same log, and a log that was written over an empty one. Thread: the connection's.
class LogIdentity final {
public:
    LogIdentity(SqliteConnection& connection, SqliteEventReader& events,
        const FileIdentity& identity);

    /// The end of the log, as it was read at first or is stored now.
    void note(const LogHead& head) { m_last = head; }
    /// For who writes, under the lock: InputOutput where the log, which ends at `now`, is another
    /// one, or why it cannot be read; else notes the end.
    [[nodiscard]] Result<void> checkEnd(const LogHead& now);
    /// The same for what another connection finds in the file, where pages that this one has may be
    /// outdated.
    [[nodiscard]] Result<void> checkFile();
    /// For looks in between: InputOutput while it is another one; nothing where it cannot be read.
    /// A file that is just being written over may be anything for a moment: who takes lasting note
    /// of that looks twice. Takes a look at the disk, some microseconds; where the file was written
    /// to since the last one, as every thousand pages of appends, it is opened anew for it: some
    /// milliseconds.
    [[nodiscard]] Result<void> check();

private:
    [[nodiscard]] Result<std::optional<Error>> differenceOf(SqliteEventReader& events) const;
    [[nodiscard]] Result<void> compare(SqliteEventReader& events);
    [[nodiscard]] Result<std::unique_ptr<SqliteConnection>> openAnew() const;
    [[nodiscard]] Error overwrittenError() const;

    SqliteConnection& m_connection;
    SqliteEventReader& m_events;
    FileIdentity m_identity;
    FileStamp m_stamp; ///< At the last look; not there: none was taken.
    LogHead m_last; ///< Of the events that are known.
};

} // namespace eventloupe
