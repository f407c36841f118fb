#include "store/fileidentity.h"

#include "store/sqliteconnection.h"

#include <QCoreApplication>
#include <QFile>

namespace eventloupe {

namespace {

/// Of the file that is there now; unknown where there is none.
FileIdentity identityAt(const QString& path)
{
    return stampOf(QFile::encodeName(path)).identity;
}

} // namespace

Error replacedError(const QString& location)
{
    return { ErrorCode::InputOutput,
        QCoreApplication::translate("SqliteStore",
            "%1 was replaced or moved since it was opened. Close it and open it again.")
            .arg(location) };
}

Result<FileIdentity> identityOf(SqliteConnection& connection)
{
    // In this order: what is put there between the two has moved the file away.
    const FileIdentity identity = identityAt(connection.location());
    if (connection.hasMoved())
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
