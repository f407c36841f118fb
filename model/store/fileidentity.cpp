#include "store/fileidentity.h"

#include "store/sqliteconnection.h"

#include <QCoreApplication>
#include <QFile>

#include <cerrno>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

namespace eventloupe {

FileIdentity identityAt(const QString& path)
{
    return stampOf(QFile::encodeName(path)).identity;
}

Error replacedError(const QString& location)
{
    return { ErrorCode::InputOutput,
        QCoreApplication::translate("SqliteStore",
            "%1 was replaced or moved since it was opened. Close it and open it again.")
            .arg(location) };
}

Error shortenedError(const QString& location, Position before, Position now)
{
    return { ErrorCode::InputOutput,
        QCoreApplication::translate("SqliteStore",
            "%1 was replaced or put back since it was opened: its log ended at event %2, and ends "
            "at event %3 now. Close it and open it again.")
            .arg(location)
            .arg(before)
            .arg(now) };
}

Result<FileIdentity> identityOf(SqliteConnection& connection)
{
    // In this order: what is put there between the two has moved the file away. By the name behind
    // all links, which may lead to another file by now.
    const FileIdentity identity = identityAt(connection.fileName());
    if (connection.files().hasMoved() || isReplaced(connection.location(), identity))
        return replacedError(connection.location());
    return identity;
}

FileIdentity identityOf(const EventStore& store)
{
    return store.identity();
}

bool isReplaced(const QString& location, const FileIdentity& first)
{
    const FileIdentity now = identityAt(location);
    return first.isKnown() && now.isKnown() && now != first;
}

bool hasMoved(const QString& location, const FileIdentity& first)
{
#ifdef Q_OS_UNIX
    struct stat found { };
    // A disk that does not answer just now has lost nothing.
    if (::stat(QFile::encodeName(location).constData(), &found) != 0)
        return first.isKnown() && (errno == ENOENT || errno == ENOTDIR);
#endif
    return isReplaced(location, first);
}

Result<std::unique_ptr<EventStore>> openBeside(
    const QString& location, const FileIdentity& first, OpenMode mode)
{
    // What is there now need not be a store at all.
    if (isReplaced(location, first))
        return replacedError(location);
    auto store = openStore(location, mode);
    if (store && first.isKnown() && identityOf(**store) != first)
        return replacedError(location);
    return store;
}

} // namespace eventloupe
