#include "store/sqlitestorefile.h"

#include "store/fileidentity.h"
#include "store/filenames.h"
#include "store/filetarget.h"
#include "store/sqliteheader.h"
#include "store/sqlitemissingbytes.h"
#include "store/sqliteschema.h"
#include "store/unfinishedstores.h"
#include "value/filename.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>

#include <filesystem>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <unistd.h>
#endif

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("SqliteStore", text);
}

Error notOurs(const QString& path, const QString& reason)
{
    return { ErrorCode::NotOurs, tr("%1 is not an Eventloupe store: %2.").arg(path, reason) };
}

/// Whether the system would let us write; unlike QFileInfo, true for root only where it is so.
bool canWrite(const QString& path)
{
#ifdef Q_OS_UNIX
    return ::access(QFile::encodeName(path).constData(), W_OK) == 0;
#else
    return QFileInfo(path).isWritable();
#endif
}

QString folderOf(const QString& path)
{
    return QFileInfo(path).absolutePath();
}

Result<void> build(const QString& path)
{
    auto connection = SqliteConnection::open(path, SqliteConnection::Access::ReadWrite);
    if (!connection)
        return connection.error();
    // WAL comes last: until then all goes to the file itself, whose header says what it is. The
    // file has no name yet, so it is synced once, when it is whole.
    for (const QByteArray& sql :
        { QByteArrayLiteral("PRAGMA synchronous=OFF"), QByteArrayLiteral("PRAGMA page_size=8192"),
            QByteArrayLiteral("BEGIN"), schemaHeaderSql(), schemaSql(), QByteArrayLiteral("COMMIT"),
            QByteArrayLiteral("PRAGMA journal_mode=WAL") })
        if (const auto executed = (*connection)->execute(sql.constData()); !executed)
            return executed;
    return {};
}

/// False when the content could not be brought to the disk.
bool sync(const QString& path)
{
#ifdef Q_OS_UNIX
    const int handle = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (handle < 0)
        return false;
    const bool isSynced = ::fsync(handle) == 0;
    ::close(handle);
    return isSynced;
#else
    Q_UNUSED(path);
    return true;
#endif
}

Result<void> publish(QTemporaryFile& file, const QString& path)
{
    std::error_code failure;
    std::filesystem::create_hard_link(
        file.fileName().toStdU16String(), path.toStdU16String(), failure);
    if (failure && failure != std::errc::file_exists) {
        // A file system without links: renaming refuses an existing name here as well.
        if (file.rename(path))
            file.setAutoRemove(false);
        else if (!QFileInfo::exists(path))
            return Error { ErrorCode::InputOutput,
                tr("%1 cannot be made: %2.").arg(path, file.errorString()) };
    }
    // The new name is to survive a power cut as well; not every file system can sync a folder.
    (void)sync(folderOf(path));
    return {};
}

Result<StoreConnection> connectAs(const QString& path, SqliteConnection::Access access,
    const QString& readOnlyReason, SqliteConnection::Extent extent)
{
    auto connection = SqliteConnection::open(path, access, extent);
    if (!connection) // It reads the definitions first.
        return unreadableSchema(connection.error(), path);
    if (const auto ours = checkSchema(**connection); !ours) {
        if (ours.error().code == ErrorCode::Corrupt)
            (*connection)->files().leaveLog();
        return ours.error();
    }
    // A load that was cut short leaves its rollback journal's mode behind. Where another connection
    // keeps it from being changed, it goes on as it is.
    if (access == SqliteConnection::Access::ReadWrite)
        (void)(*connection)->prepare("PRAGMA journal_mode=WAL").step();
    (*connection)->files().noteLog();
    return StoreConnection { std::move(*connection), readOnlyReason };
}

Result<StoreConnection> connectAs(
    const QString& path, SqliteConnection::Access access, const QString& readOnlyReason)
{
    using Extent = SqliteConnection::Extent;
    auto opened = connectAs(path, access, readOnlyReason, Extent::Whole);
    if (opened && access != SqliteConnection::Access::ReadWrite)
        opened->missingBytes = missingByItself(path);
    if (opened || opened.error().code != ErrorCode::Corrupt)
        return opened;
    const qint64 missing
        = access == SqliteConnection::Access::ReadWrite ? 0 : missingBytes(path);
    if (missing == 0)
        return Error { ErrorCode::Corrupt, opened.error().message + logAdvice(path) };
    opened = connectAs(path, access, readOnlyReason, Extent::Cut);
    if (opened)
        opened->missingBytes = missing;
    return opened;
}

/// Whether a log beside the file may hold events, or may be given some by a writer. A -shm file
/// that is smaller than the first part of the log's index is nobody's yet, or was left by a full
/// disk.
bool hasLog(const QString& path)
{
    constexpr qint64 indexPartSize = 32768;
    const QString file = sqliteFileOf(path);
    const QFileInfo log(file + QStringLiteral("-wal"));
    return log.exists()
        && (log.size() > 0 || QFileInfo(file + QStringLiteral("-shm")).size() >= indexPartSize);
}

bool hasJournal(const QString& path)
{
    return QFileInfo(sqliteFileOf(path) + QStringLiteral("-journal")).size() > 0;
}

Result<StoreConnection> connectBesideLog(const QString& path, const QString& reason, bool canTidyUp)
{
    auto opened = connectAs(path, SqliteConnection::Access::ReadOnly, reason);
    // SQLite is content with a file of whatever size where the log holds a commit.
    if (opened.ok() && opened->missingBytes == 0)
        opened->missingBytes = missingBesideLog(path);
    const QFileInfo log(sqliteFileOf(path) + QStringLiteral("-wal"));
    if (opened.ok() || log.size() == 0 || canTidyUp || opened.error().code == ErrorCode::Corrupt)
        return opened;
    return Error { ErrorCode::ReadOnly,
        tr("%1: its newest events are in %2, which can be read only where the folder can be "
           "written. Copy both files into such a folder and open the copy.")
            .arg(path, log.fileName()) };
}

Result<StoreConnection> connectUnlocked(const QString& path, const QString& reason);

/// Opens a file anew that changed under an immutable connection.
Result<std::unique_ptr<SqliteConnection>> reconnect(
    const QString& path, const QString& reason, const FileIdentity& first)
{
    if (isReplaced(path, first))
        return replacedError(path);
    auto opened = connectUnlocked(path, reason);
    return opened ? Result(std::move(opened->connection)) : opened.error();
}

/// Where the folder cannot be written, and so no lock can be taken: beside a writer's log, or,
/// where there is none, the file by itself.
Result<StoreConnection> connectUnlocked(const QString& path, const QString& reason)
{
    constexpr int mostTries = 3;
    for (int attempt = 0; attempt < mostTries; ++attempt) {
        if (hasLog(path))
            return connectBesideLog(path, reason, false);
        // A load that was cut short: without its journal, half of it would be read.
        if (hasJournal(path))
            return Error { ErrorCode::ReadOnly,
                tr("%1: a load into it is under way or did not end, and %2, which takes that back, "
                   "can be used only where the folder can be written. Try again later, or copy "
                   "both files into such a folder and open the copy.")
                    .arg(path, QFileInfo(path).fileName() + QStringLiteral("-journal")) };
        auto opened = connectAs(path, SqliteConnection::Access::Immutable, reason);
        // A writer may have begun between the looks and the guard's.
        if (hasLog(path) || hasJournal(path) || (!opened && opened.error().code == ErrorCode::Busy))
            continue;
        if (opened)
            opened->connection->reopenBy([path, reason, first = identityOf(*opened->connection)] {
                return first ? reconnect(path, reason, *first) : first.error();
            });
        return opened;
    }
    return Error { ErrorCode::Busy,
        tr("%1 is being written to, and its folder cannot be written, so that it cannot be locked. "
           "Try again when the other program is done.")
            .arg(path) };
}

/// What a full disk has no room for, the index of a log that holds nothing, reading can do without;
/// but not without what a log or a journal holds.
Result<StoreConnection> orUnlocked(
    Result<StoreConnection> opened, const QString& path, const QString& reason)
{
    if (opened || opened.error().code != ErrorCode::DiskFull || hasLog(path) || hasJournal(path))
        return opened;
    return connectUnlocked(path, reason);
}

Result<StoreConnection> connectReadOnly(const QString& path, const QString& reason, bool canTidyUp)
{
    if (!canTidyUp)
        return connectUnlocked(path, reason);
    if (hasLog(path))
        return connectBesideLog(path, reason, true);
    return orUnlocked(connectAs(path, SqliteConnection::Access::QueryOnly, reason), path, reason);
}

} // namespace

Result<void> inspectStoreFile(const QString& path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return Error { ErrorCode::NotFound, tr("There is no file %1.").arg(path) };
    if (info.isDir())
        return notOurs(path, tr("it is a folder"));
    // A pipe or a device might never answer.
    if (!info.isFile())
        return notOurs(path, tr("it is not a regular file"));
    if (info.size() == 0)
        return notOurs(path, tr("it is empty"));
    const auto header = SqliteHeader::read(path);
    if (!header)
        return header.error();
    if (!header->isDatabase())
        return notOurs(path, tr("it is no SQLite database"));
    if (header->applicationId() != schemaApplicationId)
        return notOurs(path, tr("it is a database of another program"));
    const quint32 version = header->userVersion();
    if (version > schemaVersion)
        return Error { ErrorCode::NewerVersion,
            tr("%1 was written by a newer Eventloupe (store version %2, this program reads up to "
               "%3). Update Eventloupe to open it.")
                .arg(path)
                .arg(version)
                .arg(schemaVersion) };
    if (version == 0)
        return notOurs(path, tr("it has no store version"));
    return {};
}

Result<void> checkNoLogIsLeft(const QString& path)
{
    if (const QString main = QFileInfo::exists(path) ? QString() : databaseBeside(path);
        !main.isEmpty())
        return Error { ErrorCode::InvalidArgument,
            tr("%1 cannot be made: a file of that name belongs to the database %2, which could not "
               "be read any more. Name another file.")
                .arg(path, QFileInfo(main).fileName()) };
    for (const char* suffix : { "-wal", "-journal" }) {
        const QFileInfo there(path + QLatin1String(suffix));
        // An empty one holds nothing. A link leads anywhere, also to what is not there yet.
        const bool isInTheWay
            = there.isSymLink() || there.size() > 0 || (there.exists() && !there.isFile());
        if (isInTheWay && !QFileInfo::exists(path))
            return Error { ErrorCode::AlreadyExists,
                tr("%1 cannot be made: %2 was left by a store of that name and may hold the only "
                   "copy of its newest events. Move it away, or put that store's file back.")
                    .arg(path, there.filePath()) };
    }
    return {};
}

Result<FileIdentity> createStoreFile(const QString& path)
{
    if (const auto decoded = checkDecoded(path); !decoded)
        return decoded.error();
    const QString folder = folderOf(path);
    if (!QFileInfo(folder).isDir())
        return Error { ErrorCode::NotFound, tr("There is no folder %1.").arg(folder) };
    if (!canWrite(folder))
        return Error { ErrorCode::ReadOnly,
            tr("%1 cannot be made: its folder cannot be written.").arg(path) };
    if (const auto free = checkNoLogIsLeft(path); !free)
        return free.error();
    // A temporary file has mode 0600, and SQLite gives the -wal and -shm files that of the store.
    QTemporaryFile file(path + QStringLiteral(".XXXXXX.new"));
    if (!file.open())
        return Error { ErrorCode::InputOutput,
            tr("%1 cannot be made: %2.").arg(path, file.errorString()) };
    file.close();
    if (const auto built = build(file.fileName()); !built)
        return built.error();
    const FileIdentity made = identityAt(file.fileName());
    if (!sync(file.fileName()))
        return Error { ErrorCode::InputOutput, tr("%1 cannot be written to the disk.").arg(path) };
    removeUnfinishedStores(path, file.fileName());
    const auto published = publish(file, QFileInfo(path).absoluteFilePath());
    return published ? Result(made) : published.error();
}

QString logAdvice(const QString& path)
{
    const QFileInfo log(sqliteFileOf(path) + QStringLiteral("-wal"));
    if (log.size() == 0)
        return {};
    return tr(" If the file was put back from a copy, move %1 away first, and keep it: it belongs to "
              "another state of the store.")
        .arg(log.filePath());
}

Result<StoreConnection> connectStoreFile(const QString& path, OpenMode mode)
{
    const QString folder = folderOf(sqliteFileOf(path));
    const bool canTidyUp = canWrite(path) && canWrite(folder);
    if (mode == OpenMode::ReadOnly)
        return connectReadOnly(path, tr("it was opened for reading only"), canTidyUp);
    if (!canWrite(path))
        return connectReadOnly(path, tr("the file %1 cannot be written").arg(path), false);
    if (!canTidyUp)
        return connectReadOnly(
            path, tr("the folder %1 cannot be written").arg(folder), false);
    if (const QString reason = otherNameReason(path); !reason.isEmpty())
        return connectReadOnly(path, reason, false);
    // Before a connection that would move the log into the file when it is closed, and let the file
    // grow over what it lost.
    const QString cut = tr("it was cut short");
    if (missingBesideLog(path) > 0 || missingByItself(path) > 0)
        return connectReadOnly(path, cut, true);
    auto opened = connectAs(path, SqliteConnection::Access::ReadWrite, QString());
    if (!opened && opened.error().code == ErrorCode::Corrupt && missingBytes(path) > 0)
        return connectReadOnly(path, cut, true);
    return orUnlocked(std::move(opened), path,
        tr("no room is left on its device; free some room and open it again"));
}

} // namespace eventloupe
