#pragma once

#include "domain/workspacechecker.h"

#include <QDialog>

class QPlainTextEdit;
class QPushButton;
class QSplitter;
class QTreeWidget;
class QTreeWidgetItem;

namespace eventloupe {

class PlainLabel;

/// The examples of a workspace and what is wrong with its files: which hold, and where one does
/// not, what was expected and what came. They run on a worker when the dialog opens and when a file
/// of the workspace changes. Does not keep the window from being used. GUI thread.
class ExamplesDialog final : public QDialog {
    Q_OBJECT

public:
    explicit ExamplesDialog(QWidget* parent = nullptr);

    /// The workspace's folder; "" shows that there is none.
    void setFolder(const QString& folder);
    [[nodiscard]] const QString& folder() const { return m_checker.folder(); }

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeTop();
    QWidget* makeDetail();
    void showCheck(const std::shared_ptr<const WorkspaceCheck>& check);
    void fillList();
    void showSelected();
    void showExample(const WorkspaceCheck::Item& item);
    void showProblem(const WorkspaceProblem& problem);
    void fillDifferences(const QList<ExampleDifference>& differences);
    void openSelected() const;
    [[nodiscard]] QString selectedFile() const;

    WorkspaceChecker m_checker;
    std::shared_ptr<const WorkspaceCheck> m_check;
    PlainLabel* m_summary;
    QPushButton* m_run;
    QTreeWidget* m_list;
    PlainLabel* m_title;
    PlainLabel* m_verdict;
    QTreeWidget* m_differences;
    QPlainTextEdit* m_text;
    QPushButton* m_open;
    QString m_chosen; ///< The selected file, over reruns.
};

/// An example as a person reads it: given, when, then.
[[nodiscard]] QString exampleText(const Example& example);

} // namespace eventloupe
