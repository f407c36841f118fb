#include "store/sqlitepagecopy.h"

#include "store/sqliteerror.h"
#include "store/sqlitetransaction.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryFile>

#include <sqlite3.h>

#include <utility>

namespace eventloupe {

namespace {

constexpr int pagesAtOnce = 256; ///< Between two looks at the token.

QString tr(const char* text)
{
    return QCoreApplication::translate("SqlitePageCopy", text);
}

} // namespace

SqlitePageCopy::SqlitePageCopy(QString path)
    : m_path(std::move(path))
{
}

SqlitePageCopy::~SqlitePageCopy()
{
    for (const char* suffix : { "-shm", "-wal", "-journal", "" })
        QFile::remove(m_path + QLatin1String(suffix));
}

Result<std::unique_ptr<SqlitePageCopy>> SqlitePageCopy::make(SqliteConnection& source,
    const QString& file, const Progress& progress, const CancelToken& cancel)
{
    QTemporaryFile empty(file + QStringLiteral(".XXXXXX.mend"));
    if (!empty.open())
        return Error { ErrorCode::InputOutput,
            tr("%1 cannot be made: %2.").arg(empty.fileTemplate(), empty.errorString()) };
    empty.setAutoRemove(false);
    empty.close();
    std::unique_ptr<SqlitePageCopy> copy(new SqlitePageCopy(empty.fileName()));
    const auto target = SqliteConnection::open(copy->path(), SqliteConnection::Access::ReadWrite);
    if (!target)
        return target.error();
    // It is of no use after a crash.
    const auto set = (*target)->execute("PRAGMA synchronous=OFF; PRAGMA journal_mode=OFF");
    if (!set)
        return set.error();
    // Without its read the copy would begin anew whenever another process writes.
    const SqliteSnapshot snapshot(source);
    if (const auto read = source.prepare("SELECT 1 FROM sqlite_schema").number(0); !read)
        return read.error();
    sqlite3_backup* const backup
        = sqlite3_backup_init((*target)->m_handle, "main", source.m_handle, "main");
    int result = backup == nullptr ? SQLITE_ERROR : SQLITE_OK;
    while (result == SQLITE_OK && !cancel.isCancelled()) {
        result = sqlite3_backup_step(backup, pagesAtOnce);
        const int pages = sqlite3_backup_pagecount(backup);
        progress.setTotal(qint64 { 2 } * pages);
        progress.setDone(pages - sqlite3_backup_remaining(backup));
    }
    sqlite3_backup_finish(backup);
    if (cancel.isCancelled())
        return Error { ErrorCode::Cancelled, tr("cancelled") };
    if (result != SQLITE_DONE) {
        const Error error = sqliteError((*target)->m_handle, result, source.location());
        return error.code == ErrorCode::DiskFull
            ? sqliteError((*target)->m_handle, result, copy->path())
            : error;
    }
    return copy;
}

} // namespace eventloupe
