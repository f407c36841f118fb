#pragma once

#include "store/sqlitefileguard.h"

namespace eventloupe {

/// What stands beside and in the place of an SQLite file, by the file system alone.
struct SqliteFileState {
    FileStamp database;
    FileStamp log; ///< The -wal file.
    bool hasIndex = false; ///< Whether there is a -shm file.

    [[nodiscard]] bool hasLog() const { return log.isThere && log.size > 0; }
    friend bool operator==(const SqliteFileState&, const SqliteFileState&) = default;
};

/// Any thread.
[[nodiscard]] SqliteFileState sqliteFileStateOf(const QString& path);

/// The same, of a file whose next change will show; see quietStampOf().
[[nodiscard]] SqliteFileState quietSqliteFileStateOf(const QString& path);

} // namespace eventloupe
