#include "domain/madefiles.h"

#include "value/privatefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace eventloupe {

bool MadeFiles::makeFolder(const QString& folder)
{
    QStringList missing;
    for (QString each = QFileInfo(folder).absoluteFilePath(); !QFileInfo::exists(each);
         each = QFileInfo(each).absolutePath())
        missing.prepend(each);
    const bool isMade = makeSharedFolder(folder);
    for (const QString& each : missing) {
        if (QFileInfo(each).isDir())
            m_folders.append(each);
    }
    return isMade;
}

void MadeFiles::addWhole(const QString& folder)
{
    if (const QFileInfo info(folder); !info.exists() && !info.isSymLink())
        m_wholes.append(folder);
}

void MadeFiles::takeBack()
{
    for (const QString& file : m_files)
        QFile::remove(file);
    for (const QString& folder : m_wholes)
        QDir(folder).removeRecursively();
    // One that somebody else put something into stays.
    while (!m_folders.isEmpty())
        QDir().rmdir(m_folders.takeLast());
    m_files.clear();
    m_wholes.clear();
}

} // namespace eventloupe
