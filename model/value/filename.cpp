#include "value/filename.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace eventloupe {

QString resolvedFile(const QString& path)
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

QString straightPath(const QString& path)
{
    if (!path.contains(QStringLiteral("..")))
        return path;
    const QString place = resolvedFile(path);
    return place == resolvedFile(QFileInfo(path).absoluteFilePath()) ? path : place;
}

Result<void> checkDecoded(const QString& path)
{
    if (!path.contains(QChar::ReplacementCharacter) || QFileInfo::exists(path))
        return {};
    return Error { ErrorCode::InvalidArgument,
        QCoreApplication::translate("FileName",
            "%1: this name is not UTF-8, and cannot be told from others that are not; rename the "
            "file, or name another.")
            .arg(path) };
}

} // namespace eventloupe
