#include "store/sqliteerror.h"

#include "store/damagenotice.h"

#include <QCoreApplication>

#include <cerrno>

#include <sqlite3.h>

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("SqliteStore", text);
}

bool meansNoRoom(int systemError)
{
#ifdef EDQUOT
    if (systemError == EDQUOT)
        return true;
#endif
    return systemError == ENOSPC || systemError == EFBIG;
}

/// The system's reason for a failed write. sqlite3_system_errno() is not told of one to the -wal
/// file, so the files are asked.
int systemErrorOf(sqlite3* database)
{
    int reason = 0;
    sqlite3_file* journal = nullptr;
    sqlite3_file_control(database, "main", SQLITE_FCNTL_JOURNAL_POINTER, &journal);
    if (journal && journal->pMethods)
        journal->pMethods->xFileControl(journal, SQLITE_FCNTL_LAST_ERRNO, &reason);
    if (!meansNoRoom(reason))
        sqlite3_file_control(database, "main", SQLITE_FCNTL_LAST_ERRNO, &reason);
    return meansNoRoom(reason) ? reason : sqlite3_system_errno(database);
}

ErrorCode codeOf(int resultCode, int systemError)
{
    switch (resultCode & 0xff) {
    case SQLITE_FULL:
        return ErrorCode::DiskFull;
    case SQLITE_IOERR:
        return meansNoRoom(systemError) ? ErrorCode::DiskFull : ErrorCode::InputOutput;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return ErrorCode::ReadOnly;
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT:
        return ErrorCode::Corrupt;
    case SQLITE_NOTADB:
        return ErrorCode::NotOurs;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorCode::Busy;
    case SQLITE_INTERRUPT:
        return ErrorCode::Cancelled;
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM:
    case SQLITE_NOLFS:
    case SQLITE_PROTOCOL:
        return ErrorCode::InputOutput;
    case SQLITE_TOOBIG:
        return ErrorCode::InvalidInput;
    default:
        return ErrorCode::Internal;
    }
}

QString explain(ErrorCode code)
{
    switch (code) {
    case ErrorCode::DiskFull:
        return tr("no room is left on its device; free some room and try again");
    case ErrorCode::InputOutput:
        return tr("the file cannot be read or written; check the device and the permissions");
    case ErrorCode::ReadOnly:
        return tr("the file or its folder cannot be written; check their permissions");
    case ErrorCode::Corrupt:
        return tr("the file is damaged; verify the store, which names what is lost, and repair it "
                  "to another file or restore it from a copy");
    case ErrorCode::NotOurs:
        return tr("the file is not an Eventloupe store");
    case ErrorCode::Busy:
        return tr("another program holds the store; try again when it is done");
    case ErrorCode::Cancelled:
        return tr("cancelled");
    case ErrorCode::InvalidInput:
        return tr("a payload is too long to be stored");
    default:
        return tr("the database refused a request; please report this");
    }
}

} // namespace

Error sqliteError(sqlite3* database, int resultCode, const QString& location)
{
    int systemError = 0;
    if (resultCode == SQLITE_IOERR_WRITE && database)
        systemError = systemErrorOf(database);
    else if (resultCode == SQLITE_IOERR_SHMSIZE) // The -shm file could not be made larger.
        systemError = database && sqlite3_system_errno(database) == EIO ? EIO : ENOSPC;
    const ErrorCode code = codeOf(resultCode, systemError);
    if (code == ErrorCode::Cancelled)
        return { code, explain(code) };
    if (code == ErrorCode::Corrupt)
        DamageNotice::instance().note(location);
    const QString detail
        = QString::fromUtf8(database ? sqlite3_errmsg(database) : sqlite3_errstr(resultCode));
    return { code, tr("%1: %2 (%3).").arg(location, explain(code), detail) };
}

} // namespace eventloupe
