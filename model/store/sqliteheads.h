#pragma once

#include "store/sqliteeventreader.h"

namespace eventloupe {

/// What who writes asks before it goes on behind it: that what the store says of its ends is so. A
/// damaged or hostile file may say anything; a version or position that follows from it would be
/// acknowledged and wrong. Corrupt, and the damage is noted. Within the transaction.

/// That a log ends at a position that another one can follow.
[[nodiscard]] Result<void> checkLogHead(const SqliteConnection& connection, Position head);

/// That a stream's last event has the version that its row says. A seek.
[[nodiscard]] Result<void> checkStreamHead(
    SqliteConnection& connection, StreamId stream, StreamVersion headVersion);

/// Whether a log ends with `head`: where SQLite said that a commit failed, what failed may have come
/// after it, and the events are stored. To be asked when it was rolled back.
[[nodiscard]] bool isEndOfLog(SqliteEventReader& events, const LogHead& head);
/// `error` of such a commit, for people.
[[nodiscard]] Error storedAllTheSame(const Error& error);

/// That what the store says of itself contradicts itself, for people.
[[nodiscard]] Error contradiction(const SqliteConnection& connection, const QString& what);

} // namespace eventloupe
