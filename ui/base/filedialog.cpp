#include "ui/base/filedialog.h"

#include <QAbstractFileIconProvider>
#include <QApplication>
#include <QFileInfo>
#include <QPointer>
#include <QStyle>

namespace eventloupe {

namespace {

/// By what a folder's list says of a file.
class PlainIcons final : public QAbstractFileIconProvider {
public:
    QIcon icon(const QFileInfo& file) const override
    {
        const QStyle* const style = QApplication::style();
        if (file.isRoot())
            return style->standardIcon(QStyle::SP_DriveHDIcon);
        return style->standardIcon(file.isDir() ? QStyle::SP_DirIcon : QStyle::SP_FileIcon);
    }
    using QAbstractFileIconProvider::icon;

    QString type(const QFileInfo& file) const override
    {
        if (file.isDir())
            return FileDialog::tr("Folder");
        const QString suffix = file.suffix();
        return suffix.isEmpty() ? FileDialog::tr("File") : FileDialog::tr("%1 file").arg(suffix);
    }
};

/// Runs the dialog; it is gone afterwards.
QString chosen(FileDialog* dialog)
{
    const QPointer<FileDialog> watched(dialog);
    const bool isAccepted = dialog->exec() == QDialog::Accepted;
    if (!watched) // With its parent.
        return {};
    const QString file = isAccepted ? dialog->selectedFiles().value(0) : QString();
    delete dialog;
    return file;
}

} // namespace

FileDialog::FileDialog(
    QWidget* parent, const QString& title, const QString& folder, const QString& filter)
    : QFileDialog(parent, title, folder, filter)
{
    static PlainIcons icons;
    setIconProvider(&icons);
}

QString askOpenFileName(
    QWidget* parent, const QString& title, const QString& folder, const QString& filter)
{
    auto* dialog = new FileDialog(parent, title, folder, filter);
    dialog->setFileMode(QFileDialog::ExistingFile);
    return chosen(dialog);
}

QString askSaveFileName(QWidget* parent, const QString& title, const QString& proposed,
    const QString& filter, QFileDialog::Options options)
{
    const QFileInfo file(proposed);
    const bool isFolder = proposed.isEmpty() || file.isDir();
    auto* dialog = new FileDialog(
        parent, title, isFolder ? proposed : file.path(), filter);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setOptions(dialog->options() | options);
    if (!isFolder)
        dialog->selectFile(file.fileName());
    return chosen(dialog);
}

QString askFolder(QWidget* parent, const QString& title, const QString& folder)
{
    auto* dialog = new FileDialog(parent, title, folder);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    return chosen(dialog);
}

} // namespace eventloupe
