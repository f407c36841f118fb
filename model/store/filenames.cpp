#include "store/filenames.h"

#include "store/fileidentity.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <chrono>
#include <thread>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif
#ifdef Q_OS_LINUX
#include <fcntl.h>
#endif

namespace eventloupe {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("SqliteStore", text);
}

struct Names {
    bool hasLinks = false;
    /// The file by itself, not its folder, as "docker run -v file:file" does.
    bool isMounted = false;
};

Names namesOf(const QString& path)
{
    const QByteArray name = QFile::encodeName(path);
#if defined(Q_OS_LINUX) && defined(STATX_ATTR_MOUNT_ROOT)
    struct statx found { };
    if (::statx(AT_FDCWD, name.constData(), 0, STATX_NLINK, &found) != 0)
        return {};
    return { found.stx_nlink > 1, (found.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0 };
#elif defined(Q_OS_UNIX)
    struct stat found { };
    return { ::stat(name.constData(), &found) == 0 && found.st_nlink > 1, false };
#else
    return {};
#endif
}

/// The name that a store had while it was made, see createStoreFile(), where the process that made
/// it ended before it could take that away.
void removeFirstName(const QString& path)
{
    const QFileInfo file(path);
    const FileIdentity identity = identityAt(path);
    if (!identity.isKnown())
        return;
    // The store's own name may have characters of a pattern.
    const QString begin = file.fileName() + QLatin1Char('.');
    const QDir folder = file.absoluteDir();
    for (const QString& name : folder.entryList({ QStringLiteral("*.new") }, QDir::Files)) {
        const QString other = folder.filePath(name);
        if (name.startsWith(begin) && identityAt(other) == identity)
            QFile::remove(other);
    }
}

} // namespace

bool hasOtherName(const QString& path)
{
    const Names names = namesOf(path);
    return names.hasLinks || names.isMounted;
}

QString otherNameReason(const QString& path)
{
    constexpr auto patience = std::chrono::milliseconds(100);
    constexpr auto pause = std::chrono::milliseconds(5);
    const auto end = std::chrono::steady_clock::now() + patience;
    Names names = namesOf(path);
    for (; names.hasLinks && std::chrono::steady_clock::now() < end; names = namesOf(path))
        std::this_thread::sleep_for(pause);
    if (names.hasLinks) {
        removeFirstName(path);
        names = namesOf(path);
    }
    if (names.hasLinks)
        return tr("the file has a second name (a hard link), and what is written by one name is "
                  "lost to the other; remove the other name, or copy the file");
    if (names.isMounted)
        return tr("the file is mounted by itself, and its log beside it, without which it is not "
                  "whole, is another one on the other side; mount its folder instead");
    return {};
}

} // namespace eventloupe
