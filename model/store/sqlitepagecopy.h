#pragma once

#include "store/sqliteconnection.h"
#include "value/progress.h"

namespace eventloupe {

/// A private copy of a database's file, page for page, with what its -wal file holds, so that
/// damage is copied as well; it has no -wal file of its own. Mode 0600. Removed with the object,
/// with what SQLite may have put beside it.
///
/// Pages behind the end of a file that was cut are not there. On the thread of the connection.
class SqlitePageCopy final {
public:
    /// Makes it beside `file`, under another name. `progress` gets its pages, of twice as many as
    /// there are: who copies looks at all of them afterwards. DiskFull, Cancelled, InputOutput, ...
    [[nodiscard]] static Result<std::unique_ptr<SqlitePageCopy>> make(SqliteConnection& source,
        const QString& file, const Progress& progress, const CancelToken& cancel);
    ~SqlitePageCopy();
    SqlitePageCopy(const SqlitePageCopy&) = delete;
    SqlitePageCopy& operator=(const SqlitePageCopy&) = delete;

    [[nodiscard]] const QString& path() const { return m_path; }

private:
    explicit SqlitePageCopy(QString path);

    QString m_path;
};

} // namespace eventloupe
