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

/// The examples of a workspace and what is wrong with its files: which hold; where one does not,
/// what was expected and what came; which could not be compared or run, and why; and what may be
/// missing. Shows what the checker finds, which others tell to check. Does not keep the window from
/// being used. GUI thread.
class ExamplesDialog final : public QDialog {
    Q_OBJECT

public:
    /// The checker must outlive it.
    explicit ExamplesDialog(WorkspaceChecker& checker, QWidget* parent = nullptr);

signals:
    /// A file of the workspace is to be shown at a place (from 1); 0 is anywhere.
    void placeAsked(const QString& file, int line, int column);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Row;
    QWidget* makeTop();
    QWidget* makeDetail();
    void connectChecker();
    void reset();
    void showRunning();
    void showCheck(const std::shared_ptr<const WorkspaceCheck>& check);
    void showFailure(const Error& error);
    void fillList();
    [[nodiscard]] QList<Row> rows() const;
    void showSelected();
    void showExample(const WorkspaceCheck::Item& item);
    void showNotRun(const WorkspaceCheck::NotRun& item);
    void showProblem(const WorkspaceProblem& problem, const QString& verdict);
    void fillDifferences(const QList<ExampleDifference>& differences);
    void openSelected();

    WorkspaceChecker& m_checker;
    std::shared_ptr<const WorkspaceCheck> m_check;
    PlainLabel* m_summary;
    QPushButton* m_run;
    QTreeWidget* m_list;
    PlainLabel* m_title;
    PlainLabel* m_verdict;
    QTreeWidget* m_differences;
    QPlainTextEdit* m_text;
    QPushButton* m_open;
    QString m_chosen; ///< What the selected row says, over reruns.
};

/// An example as a person reads it: given, when, then.
[[nodiscard]] QString exampleText(const Example& example);

} // namespace eventloupe
