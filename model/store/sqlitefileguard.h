#pragma once

#include "store/eventstore.h"

#include <QByteArray>

namespace eventloupe {

/// What a file system says of a file without opening it: to close one would drop the locks that
/// this process holds on it.
struct FileStamp {
    bool isThere = false;
    FileIdentity identity; ///< Unknown where the system has none.
    qint64 size = 0;
    qint64 changed = 0; ///< Nanoseconds since 1970.
    friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

/// Any thread. `path` is encoded as file names are.
[[nodiscard]] FileStamp stampOf(const QByteArray& path);

/// That of a file whose next change will show: the system's clock for files goes in steps of some
/// milliseconds, so that a change soon after another one has the same time. Waits for 20 ms where
/// the file was just written, and 100 ms at most where somebody keeps on writing.
[[nodiscard]] FileStamp quietStampOf(const QByteArray& path);

/// The file itself, by whatever link it is named: SQLite's files beside it have its name. What is
/// not there keeps its name.
[[nodiscard]] QString sqliteFileOf(const QString& path);

/// A name by which SQLite reads a file without locks and without files beside it. For
/// SQLITE_OPEN_URI.
[[nodiscard]] QByteArray immutableUri(const QString& path);

/// Tells whether an SQLite file that is read without locks is still as it was: neither it nor the
/// -wal file beside it. Any thread; takes about a microsecond.
class SqliteFileGuard final {
public:
    /// Takes note of the files as they are; see quietStampOf().
    explicit SqliteFileGuard(const QString& path);

    [[nodiscard]] bool holds() const;

private:
    QByteArray m_path;
    QByteArray m_logPath;
    FileStamp m_log;
    FileStamp m_database;
};

} // namespace eventloupe
