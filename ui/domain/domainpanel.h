#pragma once

#include "domain/definitionformat.h"
#include "domain/workspace.h"

#include <QWidget>

#include <memory>

class QStackedWidget;
class QToolButton;

namespace eventloupe {

class DefinitionPage;
class DefinitionTabs;
class DomainTree;
class NewDefinitionDialog;
class PlainLabel;

/// The definitions of the open workspace: lists them, edits them, makes new ones. GUI thread.
class DomainPanel final : public QWidget {
    Q_OBJECT

public:
    explicit DomainPanel(QWidget* parent = nullptr);

    /// A workspace was opened, or its definitions are new; one without a folder is none. Of `kept`
    /// the last good text is in use. Text of another workspace that is not saved is put away, and
    /// back when that one is here again.
    void setWorkspace(
        const std::shared_ptr<const Workspace>& workspace, const QStringList& kept = {});
    /// Opens a file of the workspace at a place (from 1); 0 is where it was.
    void openFile(const QString& path, int line = 0, int column = 0);
    /// Asks what becomes of text that is not saved, and saves it if wanted. False: stay, nothing is
    /// to be left.
    [[nodiscard]] bool mayLeave();
    /// What is written in definitions and not saved, for the session; empty: nothing.
    /// restoreTexts() opens it again, also where the file was changed or removed meanwhile, which
    /// is told then.
    [[nodiscard]] QByteArray unsavedTexts() const;
    void restoreTexts(const QByteArray& texts);
    /// What was to be opened was not: text that a person gave up for it stays.
    void stay();
    /// What F1 is about here.
    [[nodiscard]] QString helpTopic() const;

public slots:
    void save();
    /// Asks for a name, writes a file that begins with what goes there, and opens it.
    void askNew(eventloupe::DefinitionKind kind);

signals:
    /// A file was written: the definitions are to be read again.
    void saved();
    void said(const QString& message);
    void describeAsked();
    /// Something here must be seen: text could not be saved.
    void attentionAsked();

private:
    QWidget* makeBar();
    QWidget* makeEmptyPage();
    QWidget* makeHint();
    void listFiles();
    void showMarks();
    void connectPage(DefinitionPage& page);
    /// Tells the dialog that asked for it, if one did.
    void tellOfBack(const QStringList& back);
    void createFile(
        const QString& path, const QString& text, NewDefinitionDialog* dialog = nullptr);
    std::shared_ptr<const Workspace> m_workspace;
    QStringList m_kept;
    QStackedWidget* m_stack;
    DomainTree* m_tree;
    QStackedWidget* m_centre; ///< What to do first, or the open files.
    DefinitionTabs* m_tabs;
    PlainLabel* m_note;
    QToolButton* m_new = nullptr;
};

} // namespace eventloupe
