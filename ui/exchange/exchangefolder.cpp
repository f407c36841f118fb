#include "ui/exchange/exchangefolder.h"

#include "value/workpool.h"

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

/// Of the GUI thread.
QString& lastFolder()
{
    static QString folder;
    return folder;
}
} // namespace

QString exchangeFolder()
{
    if (lastFolder().isEmpty())
        lastFolder() = QSettings().value(folderKey()).toString();
    const QString folder = lastFolder();
    if (!folder.isEmpty() && QFileInfo(folder).isDir())
        return folder;
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QFileInfo(documents).isDir() ? documents : QDir::homePath();
}

void rememberExchangeFolder(const QString& file)
{
    lastFolder() = QFileInfo(file).absolutePath();
    // The disk may take its time.
    runOn(workPool(),
        [folder = lastFolder()] { QSettings().setValue(folderKey(), folder); });
}

} // namespace eventloupe
