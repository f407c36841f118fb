#pragma once

#include "store/sqlitefileguard.h"

#include <chrono>
#include <optional>

namespace eventloupe {

/// The end of a log that is read on as it grows, and whether it is still the same log: its file may
/// be moved, deleted, replaced or written over meanwhile, and a store that is open goes on with the
/// former one, which only never grows again. On the store's thread.
class FollowedLog final {
public:
    /// `store`, one that trueStore() gives, outlives it.
    explicit FollowedLog(EventStore& store)
        : m_store(store)
    {
    }

    /// Where the log ends, that went up to `last` before: `last` also while that cannot be told. To
    /// be asked again and again. An error says what became of the log: InputOutput where it is
    /// another one, or ends sooner, else why it cannot be read. It comes no sooner than 100 ms
    /// after the first look that met it, since a file that is just being written over may be
    /// anything for a moment.
    [[nodiscard]] Result<Position> end(Position last);

private:
    [[nodiscard]] Result<Position> look(Position last);
    [[nodiscard]] Position endInFile() const;

    EventStore& m_store;
    FileStamp m_stamp; ///< When the file was last looked at by another connection.
    std::optional<std::chrono::steady_clock::time_point> m_troubledSince;
};

} // namespace eventloupe
