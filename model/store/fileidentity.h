#pragma once

#include "store/openstore.h"

namespace eventloupe {

class SqliteConnection;

/// That of the file that a connection has open; InputOutput where its path stands for another one
/// by now. On the connection's thread.
[[nodiscard]] Result<FileIdentity> identityOf(SqliteConnection& connection);

/// Of the file that is there now; unknown where there is none.
[[nodiscard]] FileIdentity identityAt(const QString& path);

/// That of a store that is open, for openBeside(); unknown where it is no file. Any thread.
[[nodiscard]] FileIdentity identityOf(const EventStore& store);

/// A further connection to a store that is open, for another thread: as openStore(), but only to
/// the same file: replacedError() where its path stands for another one by now.
[[nodiscard]] Result<std::unique_ptr<EventStore>> openBeside(
    const QString& location, const FileIdentity& first, OpenMode mode = OpenMode::ReadOnly);

/// Whether a store's file was replaced, which leaves a connection of before with the former one:
/// nothing may go on with that as if it were the same log.
[[nodiscard]] bool isReplaced(const QString& location, const FileIdentity& first);

/// As isReplaced(), and also where there is no file of that name any more.
[[nodiscard]] bool hasMoved(const QString& location, const FileIdentity& first);

/// That it was, for people.
[[nodiscard]] Error replacedError(const QString& location);

/// That a file holds fewer events than it did, which no append does; for people.
[[nodiscard]] Error shortenedError(const QString& location, Position before, Position now);

} // namespace eventloupe
