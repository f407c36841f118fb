#include "fuzz/fuzztarget.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <cstdio>
#include <cstdlib>

namespace eventloupe {

namespace {

QByteArrayList filesBelow(const QString& folder, const QString& pattern)
{
    QStringList paths;
    QDirIterator each(folder, { pattern }, QDir::Files, QDirIterator::Subdirectories);
    while (each.hasNext())
        paths.append(each.next());
    paths.sort();
    QByteArrayList contents;
    for (const QString& path : paths) {
        QFile file(path);
        if (file.open(QIODevice::ReadOnly))
            contents.append(file.readAll());
    }
    return contents;
}

} // namespace

void require(bool holds, const char* what)
{
    if (holds)
        return;
    std::fprintf(stderr, "fuzzing: %s\n", what);
    std::abort();
}

QByteArrayList sharedFiles(const QString& folder, const QString& pattern)
{
    return filesBelow(QStringLiteral(EVENTLOUPE_SHARED "/") + folder, pattern);
}

QByteArrayList ownFiles(const QString& folder, const QString& pattern)
{
    return filesBelow(QStringLiteral(EVENTLOUPE_SOURCE "/") + folder, pattern);
}

const QString& fuzzFolder()
{
    static const QTemporaryDir folder([] {
        const QString memory = QStringLiteral("/dev/shm");
        return (QFileInfo(memory).isWritable() ? memory : QDir::tempPath())
            + QStringLiteral("/eventloupe-fuzz-XXXXXX");
    }());
    static const QString path = folder.path();
    return path;
}

QString writeFuzzFile(const QString& name, std::string_view bytes)
{
    const QString path = fuzzFolder() + u'/' + name;
    QFile file(path);
    const auto size = static_cast<qint64>(bytes.size());
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate)
        || file.write(bytes.data(), size) != size)
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

} // namespace eventloupe
