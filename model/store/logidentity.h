#pragma once

#include "store/sqliteeventreader.h"
#include "store/sqlitefileguard.h"

#include <optional>

namespace eventloupe {

/// Whether a store's file still holds the log that was opened, and not another one that was copied
/// over it, which its name and its identity do not tell.
///
/// The hash of the first event never changes: where the file has another one now, or none, or is no
/// store any more, it was written over. What else may be seen then (pages that contradict each
/// other) may be damage as well. What is not noticed: another state of the same log, and a log that
/// was written over an empty one.
/// Thread: the connection's.
class LogIdentity final {
public:
    LogIdentity(SqliteConnection& connection, SqliteEventReader& events,
        const FileIdentity& identity);

    /// InputOutput where it is another one, from then on, and while it is no store, as a file is
    /// that is just being copied. Takes a look at the disk, some microseconds; where the file was
    /// written to since the last one, as every thousand pages of appends, it is opened anew for it:
    /// some milliseconds.
    [[nodiscard]] Result<void> check();

private:
    [[nodiscard]] bool isOther(const Result<std::optional<EventHash>>& first) const;
    [[nodiscard]] Error overwrittenError() const;

    SqliteConnection& m_connection;
    SqliteEventReader& m_events;
    FileIdentity m_identity;
    FileStamp m_stamp; ///< At the last look; not there: none was taken.
    std::optional<EventHash> m_first; ///< Of the first event, once there is one.
    bool m_isOther = false; ///< Which it stays.
};

} // namespace eventloupe
