#pragma once

#include "describe/describelog.h"
#include "store/storeclient.h"

#include <QDialog>
#include <QTimer>

class QLineEdit;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QTreeWidget;

namespace eventloupe {

class PlainLabel;

/// Describes the open store's log: reads a sample beside the window, shows what it would write, and
/// writes it into a folder that the person names. GUI thread.
class DescribeDialog final : public QDialog {
    Q_OBJECT

public:
    DescribeDialog(StoreClient& client, QWidget* parent);
    ~DescribeDialog() override;

signals:
    /// The workspace is there, in this folder.
    void written(const QString& folder);

private:
    void begin();
    void take(const Result<LogDescription>& description);
    void showFile(int row);
    void chooseFolder();
    void write();
    void say(const QString& text);

    StoreClient& m_client;
    CancelToken m_cancel;
    Progress m_progress;
    QTimer m_poll;
    std::shared_ptr<const LogDescription> m_description;
    PlainLabel* m_message;
    QProgressBar* m_bar;
    QTreeWidget* m_files;
    QPlainTextEdit* m_preview;
    QLineEdit* m_folder;
    QPushButton* m_write = nullptr;
};

} // namespace eventloupe
