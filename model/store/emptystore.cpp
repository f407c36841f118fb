#include "store/emptystore.h"

#include "store/fileplace.h"
#include "store/sqliterollbackjournal.h"
#include "store/sqlitestorefile.h"
#include "store/sqlitetransaction.h"

#include <QCoreApplication>
#include <QFile>

namespace eventloupe {

namespace {

/// Whether the file is the one that was made, and empty. Under the transaction's lock, which keeps
/// whoever opens the file from the first read of it; what is found then has no name, and writing to
/// it is refused (FilePlace). In WAL mode, to which another one may have gone back between leaving
/// it and the lock, nobody is kept out.
bool isOursAlone(SqliteConnection& connection, const FileIdentity& made)
{
    auto mode = connection.prepare("PRAGMA journal_mode");
    const auto stepped = mode.step();
    if (!stepped || !*stepped || mode.text(0) != "delete")
        return false;
    const auto last = connection.prepare("SELECT max(position) FROM event").number(0);
    return last && *last == 0 && FilePlace(connection, made).check();
}

/// Whether the file holds events by itself. To open it would move into it what lies beside it,
/// which belongs to another one where it was written over.
bool holdsEvents(const QString& file)
{
    const auto alone = SqliteConnection::open(file, SqliteConnection::Access::FileAlone);
    if (!alone)
        return true;
    const auto last = (*alone)->prepare("SELECT max(position) FROM event").number(0);
    return !last || *last != 0;
}

} // namespace

Result<FileIdentity> makeEmptyStore(const QString& file)
{
    const auto alreadyThere = [&file] {
        return Error { ErrorCode::AlreadyExists,
            QCoreApplication::translate("SqliteStore", "%1 is there already; name a new file.")
                .arg(file) };
    };
    if (QFile::exists(file))
        return alreadyThere();
    const auto made = createStoreFile(file);
    if (!made || identityAt(file) == *made)
        return made;
    return alreadyThere();
}

void removeEmptyStore(const QString& file, const FileIdentity& made)
{
    if (hasMoved(file, made) || !inspectStoreFile(file) || holdsEvents(file))
        return;
    const auto connection = SqliteConnection::open(file, SqliteConnection::Access::ReadWrite);
    if (!connection)
        return;
    // Whoever has it open keeps it in WAL mode, but for a load that left it and has not begun.
    SqliteRollbackJournal journal(**connection);
    if (!journal.enter())
        return;
    SqliteTransaction transaction(**connection);
    // The locks go with the connection. In this mode nothing lies beside an unwritten file.
    if (transaction.begin(SqliteTransaction::Lock::Exclusive) && isOursAlone(**connection, made)
        && QFile::remove(file))
        journal.stay();
}

} // namespace eventloupe
