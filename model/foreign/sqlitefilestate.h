#pragma once

#include "store/eventstore.h"

namespace eventloupe {

/// What stands beside and in the place of an SQLite file, by the file system alone: nothing is
/// opened, since closing a file drops the locks that this process holds on it.
struct SqliteFileState {
    struct Part {
        bool isThere = false;
        qint64 size = 0;
        qint64 changed = 0; ///< Nanoseconds.
        friend bool operator==(const Part&, const Part&) = default;
    };
    FileIdentity identity;
    Part database;
    Part log; ///< The -wal file.
    bool hasIndex = false; ///< Whether there is a -shm file.

    [[nodiscard]] bool hasLog() const { return log.isThere && log.size > 0; }
    friend bool operator==(const SqliteFileState&, const SqliteFileState&) = default;
};

/// Any thread.
[[nodiscard]] SqliteFileState sqliteFileStateOf(const QString& path);

} // namespace eventloupe
