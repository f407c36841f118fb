#pragma once

#include "store/openstore.h"
#include "store/sqliteconnection.h"

namespace eventloupe {

/// Looks at a file's header alone, so that a file of something else stays untouched:
/// nothing where it is an Eventloupe store of a version we read, else NotFound, NotOurs,
/// NewerVersion or InputOutput.
[[nodiscard]] Result<void> inspectStoreFile(const QString& path);

/// Whether a store that is not there can be made. InvalidArgument where its name is that of a file
/// beside another database, which would take it for its own (databaseBeside()). AlreadyExists where
/// a -wal or -journal file with content, or a link, stands beside it: SQLite would take that for
/// the new one's, and take in what it holds or remove it.
[[nodiscard]] Result<void> checkNoLogIsLeft(const QString& path);

/// Makes an empty store, mode 0600, whole or not at all: it is built under another name and then
/// given its own. What an attempt that was killed left under such a name goes with the next one,
/// see removeUnfinishedStores(). A file that is there meanwhile is left alone, which is no error;
/// for what else is there see checkNoLogIsLeft(). Tells which file was made: where another one has
/// the name, that came first.
[[nodiscard]] Result<FileIdentity> createStoreFile(const QString& path);

/// What to do first where a log stands beside a store that is damaged or lost its end, to go behind
/// what was found; else empty. SQLite would put what the log holds into a file that is not the one
/// which it was written for.
[[nodiscard]] QString logAdvice(const QString& path);

/// How a store file was opened.
struct StoreConnection {
    std::unique_ptr<SqliteConnection> connection;
    QString readOnlyReason; ///< Empty where events can be appended.
    qint64 missingBytes = 0; ///< At the end of a file that was cut, of which the rest is read.
};

/// Opens a store that inspectStoreFile() accepted, and checks that its tables are ours.
///
/// One that was cut short is opened read-only, as far as it goes.
///
/// Read-only, three ways, so that no -wal or -shm file is left behind where none was: where the
/// folder can be written, through a connection that could write and so tidies up after itself, but
/// refuses to; beside a -wal file, as SQLite's reader; else as an immutable file, which is opened
/// anew when it has changed (SqliteConnection::reopenBy()).
[[nodiscard]] Result<StoreConnection> connectStoreFile(const QString& path, OpenMode mode);

} // namespace eventloupe
