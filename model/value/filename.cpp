#include "value/filename.h"

#include <QFileInfo>

namespace eventloupe {

QString placeOf(const QString& path)
{
    const QFileInfo info(path);
    if (const QString there = info.canonicalFilePath(); !there.isEmpty())
        return there;
    // path() and fileName() only cut at the last slash.
    const QString folder = QFileInfo(info.path()).canonicalFilePath();
    if (folder.isEmpty() || info.fileName().isEmpty() || info.fileName() == QLatin1String(".."))
        return info.absoluteFilePath();
    return folder.endsWith(u'/') ? folder + info.fileName() : folder + u'/' + info.fileName();
}

} // namespace eventloupe
