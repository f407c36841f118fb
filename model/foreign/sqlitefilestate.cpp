#include "foreign/sqlitefilestate.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

namespace eventloupe {

namespace {

SqliteFileState::Part partAt(const QString& path, FileIdentity* identity = nullptr)
{
#ifdef Q_OS_UNIX
    struct stat found { };
    if (::stat(QFile::encodeName(path).constData(), &found) != 0)
        return {};
    if (identity != nullptr)
        *identity = { static_cast<quint64>(found.st_dev), static_cast<quint64>(found.st_ino) };
    return { true, static_cast<qint64>(found.st_size),
        static_cast<qint64>(found.st_mtim.tv_sec) * 1'000'000'000 + found.st_mtim.tv_nsec };
#else
    Q_UNUSED(identity);
    const QFileInfo file(path);
    if (!file.exists())
        return {};
    return { true, file.size(), file.lastModified().toMSecsSinceEpoch() * 1'000'000 };
#endif
}

} // namespace

SqliteFileState sqliteFileStateOf(const QString& path)
{
    SqliteFileState state;
    state.database = partAt(path, &state.identity);
    state.log = partAt(path + QStringLiteral("-wal"));
    state.hasIndex = partAt(path + QStringLiteral("-shm")).isThere;
    return state;
}

} // namespace eventloupe
