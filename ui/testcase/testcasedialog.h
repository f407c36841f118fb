#pragma once

#include "ui/testcase/testcaseloader.h"

#include <QDialog>

#include <memory>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;

namespace eventloupe {

class InfoBar;
class PlainLabel;

/// Exports an event, or a command that was issued, as a test: a form is chosen, the history can be
/// cut, and the text is copied, saved, or put among the workspace's examples. GUI thread.
class TestCaseDialog final : public QDialog {
    Q_OBJECT

public:
    /// `configurationFolder` holds templates of the user's, see templateFolders().
    TestCaseDialog(StoreClient& client, const std::shared_ptr<const Workspace>& workspace,
        const QString& configurationFolder, QWidget* parent = nullptr);

    void showSubject(const TestCaseSubject& subject);
    /// The format to begin with, and the one that is chosen.
    void chooseFormat(const QString& name);
    [[nodiscard]] QString format() const;

signals:
    /// An example was written: its path in the workspace.
    void exampleSaved(const QString& path);
    void said(const QString& message);

private:
    void layOut();
    void connectLoader();
    void takeFormats(const QList<TestFormat>& formats, const QStringList& faults);
    void take(const std::shared_ptr<const TestCase>& testCase);
    void takeText(const QString& text, const QString& preview, const QString& fault);
    void setShrinking(bool isShrinking);
    void toggleShrink(bool on);
    void showText();
    void showNotes();
    void updateButtons();
    void showFailure(const Error& error);
    void copyText();
    void saveFile();
    [[nodiscard]] const TestFormat* chosen() const;
    [[nodiscard]] const std::shared_ptr<const TestCase>& shown() const;

    TestCaseLoader* m_loader;
    QList<TestFormat> m_formats;
    QString m_wanted; ///< The format to begin with, until they were read.
    std::shared_ptr<const TestCase> m_whole;
    std::shared_ptr<const TestCase> m_short;
    QString m_text;
    QStringList m_faults; ///< Of templates.
    bool m_isShrinking = false;

    QLineEdit* m_title;
    QComboBox* m_format;
    QCheckBox* m_shrink;
    QProgressBar* m_progress;
    PlainLabel* m_summary;
    InfoBar* m_info;
    QPlainTextEdit* m_preview;
    PlainLabel* m_source;
    QPushButton* m_copy;
    QPushButton* m_save;
    QPushButton* m_example;
};

} // namespace eventloupe
