#include "ui/exchange/exchangefolder.h"

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
    return QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
}

void rememberExchangeFolder(const QString& file)
{
    QSettings().setValue(folderKey(), QFileInfo(file).absolutePath());
}

} // namespace eventloupe
