#pragma once

#include <QFileDialog>

namespace eventloupe {

/// Qt's file dialog, which looks into no file: to tell what kind of file each is, Qt's own icons
/// open and close all of a folder, also those that a filter hides, and with that the system drops
/// the locks that this process has on a store among them (see SqliteFileLocks). The kinds of files
/// are told by their names here. Qt shows no other desktop's dialog in place of a subclass of its
/// own.
class FileDialog final : public QFileDialog {
    Q_OBJECT

public:
    explicit FileDialog(QWidget* parent, const QString& title = {}, const QString& folder = {},
        const QString& filter = {});
};

// As QFileDialog's functions of these names, with a FileDialog: they wait for the answer, which is
// empty where there is none, and also where `parent` goes meanwhile, of which the caller then may
// use nothing.

[[nodiscard]] QString askOpenFileName(
    QWidget* parent, const QString& title, const QString& folder, const QString& filter);
[[nodiscard]] QString askSaveFileName(QWidget* parent, const QString& title,
    const QString& proposed, const QString& filter = {}, QFileDialog::Options options = {});
[[nodiscard]] QString askFolder(QWidget* parent, const QString& title, const QString& folder);

} // namespace eventloupe
