#include "ui/exchange/exchangefolder.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>

namespace eventloupe {

namespace {
const QString& folderKey()
{
    static const QString key = QStringLiteral("exchange/folder");
    return key;
}
} // namespace

QString exchangeFolder()
{
    const QString folder = QSettings().value(folderKey()).toString();
    if (!folder.isEmpty() && QFileInfo(folder).isDir())
        return folder;
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QFileInfo(documents).isDir() ? documents : QDir::homePath();
}

void rememberExchangeFolder(const QString& file)
{
    QSettings().setValue(folderKey(), QFileInfo(file).absolutePath());
}

} // namespace eventloupe
