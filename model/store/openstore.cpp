#include "store/openstore.h"

#include "store/sqliteeventstore.h"

#include <QCoreApplication>
#include <QFile>

#include <csignal>

namespace eventloupe {

namespace {

/// At a file-size limit the system would end the process; ignored, the write fails instead and is
/// reported as a full disk.
void ignoreFileSizeSignal()
{
#ifdef SIGXFSZ
    static const auto before = std::signal(SIGXFSZ, SIG_IGN);
    Q_UNUSED(before);
#endif
}

} // namespace

Result<std::unique_ptr<EventStore>> openStore(const QString& location, OpenMode mode)
{
    ignoreFileSizeSignal();
    if (location.contains(QStringLiteral("://")))
        return Error { ErrorCode::Unsupported,
            QCoreApplication::translate(
                "EventStore", "%1: only files can be opened as stores so far.")
                .arg(location) };
    return SqliteEventStore::open(location, mode);
}

void removeEmptyStore(const QString& location)
{
    {
        const auto store = openStore(location, OpenMode::ReadOnly);
        if (!store)
            return;
        const auto head = (*store)->head();
        if (!head || *head != 0)
            return;
    }
    for (const char* suffix : { "", "-wal", "-shm" })
        QFile::remove(location + QLatin1String(suffix));
}

} // namespace eventloupe
