#pragma once

#include "store/headfile.h"
#include "store/sqliteconnection.h"

#include <optional>

namespace eventloupe {

/// The newest end of the log that a connection knows of, for who writes, under the lock. A file
/// that is put back, by a copy into its place for example, does not have it: what is written behind
/// it then would mix two logs. (LogIdentity is for looks in between, which another connection takes.)
/// On the connection's thread.
class KnownHead final {
public:
    explicit KnownHead(SqliteConnection& connection)
        : m_connection(connection)
    {
    }

    void note(const LogHead& head) { m_head = head; }
    /// shortenedError() or replacedError() where the log, which ends at `now`, is another one than
    /// that was noted, and leaves the -wal file, which would go into it at the last close; else
    /// notes it.
    [[nodiscard]] Result<void> check(const LogHead& now);
    /// The same for what another connection finds, where pages that this one has may be outdated.
    [[nodiscard]] Result<void> checkAnew() const;

private:
    [[nodiscard]] Result<void> find(SqliteConnection& connection, const LogHead& now) const;

    SqliteConnection& m_connection;
    std::optional<LogHead> m_head;
};

} // namespace eventloupe
