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
    m_connection.renewLocks();
    // SQLite looks at the name that it found behind all links, beside which its log is; the links
    // may lead to another file.
    if (m_connection.hasMoved() || (m_isLinked && hasMoved(m_connection.location(), m_identity)))
        return replacedError(m_connection.location());
    if (m_connection.hasLostLog())
        return Error { ErrorCode::InputOutput,
            QCoreApplication::translate("SqliteStore",
                "%1: its log, %1-wal, was removed or replaced since it was opened. Close it and "
                "open it again.")
                .arg(m_connection.location()) };
    return {};
}

Result<void> FilePlace::checkCommitted() const
{
    if (check())
        return {};
    return Error { ErrorCode::InputOutput,
        QCoreApplication::translate("SqliteStore",
            "%1 was replaced or moved while events were stored: they may be in the former file, "
            "and are not in the one that is there now. Close it and open it again.")
            .arg(m_connection.location()) };
}

} // namespace eventloupe
