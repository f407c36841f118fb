#include "store/unfinishedstores.h"

#include "store/filetarget.h"
#include "store/openfiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace eventloupe {

namespace {

#ifdef Q_OS_UNIX

/// Whether QTemporaryFile may have made it of "FILE.XXXXXX.new".
bool isNameOf(const QString& name, const QString& file)
{
    constexpr qsizetype letters = 6;
    const QStringView random = QStringView(name).mid(file.size() + 1, letters);
    return name.startsWith(file + QLatin1Char('.')) && name.size() == file.size() + 1 + letters + 4
        && name.endsWith(QLatin1String(".new"))
        && std::all_of(random.begin(), random.end(), [](QChar letter) {
               return letter.unicode() < 0x80 && letter.isLetterOrNumber();
           });
}

bool hasAnythingBeside(const QString& path)
{
    return std::any_of(databaseSuffixes.begin(), databaseSuffixes.end(),
        [&path](const char* suffix) { return QFileInfo::exists(path + QLatin1String(suffix)); });
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool isUnfinished(const QString& path, const QString& made)
{
    constexpr qint64 longAgo = 600; // seconds
    struct stat left { };
    struct stat now { };
    if (::lstat(QFile::encodeName(path).constData(), &left) != 0
        || ::lstat(QFile::encodeName(made).constData(), &now) != 0)
        return false;
    if (!S_ISREG(left.st_mode) || left.st_mode != now.st_mode || left.st_uid != ::geteuid()
        || left.st_nlink != 1 || now.st_mtime - left.st_mtime < longAgo
        || (left.st_size != 0 && left.st_size != now.st_size))
        return false;
    // A store that is open may have its events in its log. To close a file would drop its locks.
    if (hasAnythingBeside(path) || isOpenHere(path))
        return false;
    return left.st_size == 0 || contentOf(path) == contentOf(made);
}

#endif

} // namespace

void removeUnfinishedStores(const QString& path, const QString& made)
{
#ifdef Q_OS_UNIX
    const QFileInfo file(path);
    const QDir folder = file.absoluteDir();
    // The store's own name may have characters of a pattern.
    for (const QString& name :
        folder.entryList({ QStringLiteral("*.new") }, QDir::Files | QDir::Hidden))
        if (isNameOf(name, file.fileName()) && isUnfinished(folder.filePath(name), made))
            QFile::remove(folder.filePath(name));
#else
    Q_UNUSED(path);
    Q_UNUSED(made);
#endif
}

} // namespace eventloupe
