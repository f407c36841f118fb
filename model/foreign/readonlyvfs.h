#pragma once

namespace eventloupe {

/// The name of a VFS for SQLite that cannot write: registered at the first call, for the life of
/// the program. Any thread.
///
/// It opens the database, its write-ahead log and its rollback journal for reading only, and only
/// where they are there; it makes no file and removes none. A -shm file that is there is mapped for
/// reading (open with readonly_shm=1); where there is none, the index of the log is built in
/// memory, for one connection: nobody else can have the log open then, or it would be there.
[[nodiscard]] const char* readOnlyVfs();

} // namespace eventloupe
