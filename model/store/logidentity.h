#pragma once

#include "store/sqliteeventreader.h"
#include "store/sqlitefileguard.h"

#include <optional>

namespace eventloupe {

/// Whether a store's file still holds the log that was opened, and not another one that was copied
/// over it, which its name and its identity do not tell.
///
/// The hash of an event never changes, nor does it go: where the file has other ones now for the
/// first event and for the last one that is known, or none, or is no store any more, it was written
/// over. What else may be seen then (pages that contradict each other) may be damage as well. What
/// is not noticed: a later state of the same log, and a log that was written over an empty one.
/// Thread: the connection's.
class LogIdentity final {
public:
    LogIdentity(SqliteConnection& connection, SqliteEventReader& events,
        const FileIdentity& identity);

    /// The first call takes note of the log as it is. Later ones fail with InputOutput while it is
    /// another one. A file that is just being written over may be anything for a moment: who takes
    /// lasting note of that looks twice. Takes a look at the disk, some microseconds; where the
    /// file was written to since the last one, as every thousand pages of appends, it is opened
    /// anew for it: some milliseconds.
    [[nodiscard]] Result<void> check();

private:
    struct Known {
        Position position = 0; ///< 0: no event is.
        EventHash hash {};
    };
    void learn(const FileStamp& now);
    [[nodiscard]] std::optional<Error> compare(EventStore& file);
    [[nodiscard]] std::optional<Error> compare(EventStore& file, const Known& event) const;
    [[nodiscard]] Error overwrittenError() const;

    SqliteConnection& m_connection;
    SqliteEventReader& m_events;
    FileIdentity m_identity;
    FileStamp m_stamp; ///< At the last look; not there: none was taken.
    Known m_first; ///< Of its events, once there is one.
    Known m_last; ///< As of the last look that read the file.
};

} // namespace eventloupe
