#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>

#ifdef Q_OS_LINUX
#include <sys/stat.h>
#endif

namespace eventloupe {

/// How many locks of the kernel's are on a file, of whatever process; -1 where they are not told.
inline int locksOn([[maybe_unused]] const QString& file)
{
#ifdef Q_OS_LINUX
    struct stat found { };
    QFile all(QStringLiteral("/proc/locks"));
    if (::stat(QFile::encodeName(file).constData(), &found) == 0 && all.open(QIODevice::ReadOnly))
        return int(all.readAll().count(':' + QByteArray::number(quint64(found.st_ino)) + ' '));
#endif
    return -1;
}

} // namespace eventloupe
