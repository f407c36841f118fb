#include "store/fileplace.h"

#include "store/sqliteconnection.h"
#include "value/filename.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace eventloupe {

QString filePathOf(const QString& location)
{
    return straightPath(
        location.startsWith(QLatin1Char(':')) ? QStringLiteral("./") + location : location);
}

FilePlace::FilePlace(SqliteConnection& connection, const FileIdentity& identity)
    : m_connection(connection)
    , m_identity(identity)
    , m_isLinked(QFileInfo(connection.location()).absoluteFilePath() != connection.fileName())
{
}

Result<void> FilePlace::check() const
{
    if (!m_connection.files().renewLocks())
        return Error { ErrorCode::InputOutput,
            QCoreApplication::translate("SqliteStore",
                "%1: another program has taken the lock that was held on it. Close it and open it "
                "again.")
                .arg(m_connection.location()) };
    // SQLite looks at the name that it found behind all links, beside which its log is; the links
    // may lead to another file.
    if (m_connection.files().hasMoved()
        || (m_isLinked && hasMoved(m_connection.location(), m_identity)))
        return replacedError(m_connection.location());
    if (m_connection.files().hasLostLog())
        return Error { ErrorCode::InputOutput,
            QCoreApplication::translate("SqliteStore",
                "%1: its log, %2-wal or -shm, was removed or replaced since it was opened, and "
                "with it perhaps the newest events. Copy the log first, then close it and open it "
                "again.")
                .arg(m_connection.location(), m_connection.fileName()) };
    return {};
}

Result<void> FilePlace::checkCommitted() const
{
    const auto checked = check();
    if (checked)
        return {};
    return Error { ErrorCode::InputOutput,
        QCoreApplication::translate("SqliteStore",
            "%1 It was while events were stored: they may be in the former file, and are not in "
            "the one that is there now.")
            .arg(checked.error().message) };
}

} // namespace eventloupe
