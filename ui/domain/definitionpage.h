#pragma once

#include "domain/definitioncheck.h"
#include "domain/definitionwriter.h"
#include "ui/domain/definitioneditor.h"
#include "ui/domain/definitiontext.h"

#include <QTimer>
#include <QWidget>

class QPushButton;

namespace eventloupe {

class InfoBar;
class ProblemList;

/// One definition file that is open: its editor, what is wrong with it, and what became of the file
/// meanwhile. Text that is not saved is lost only when its owner discards the page. Reads, writes
/// and checks on the thread pool. GUI thread.
class DefinitionPage final : public QWidget {
    Q_OBJECT

public:
    DefinitionPage(QString folder, QString path, QWidget* parent = nullptr);

    [[nodiscard]] const QString& path() const { return m_path; }
    [[nodiscard]] DefinitionEditor& editor() { return *m_editor; }
    [[nodiscard]] bool isModified() const;
    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }
    /// Until saved() or failed().
    [[nodiscard]] bool isSaving() const { return m_isSaving; }
    /// Goes to a place, once the text is there.
    void goTo(int line, int column);
    /// Names for completion come from it.
    void setWorkspace(const std::shared_ptr<const Workspace>& workspace);
    /// The file may have changed: takes its text where nothing was written here, else asks.
    void fileChanged();
    void applyFix(const DefinitionFix& fix);

public slots:
    /// Writes the file; asks where it changed on disk meanwhile.
    void save();
    void checkSoon();

signals:
    void modifiedChanged();
    void saved(const QString& path);
    void failed(const QString& message);
    void problemsChanged();
    /// A place in another file.
    void placeAsked(const QString& path, int line, int column);
    void newFileAsked(const QString& path, const QString& text);

private:
    void connectAll();
    void take(const Result<QByteArray>& bytes);
    void takeSaved(const QByteArray& bytes, const Result<SaveOutcome>& outcome);
    void showConflict(const DefinitionConflict& conflict);
    void keepMine();
    void takeTheirs();
    void showBoth();
    void check();
    void complete(int offset);
    [[nodiscard]] QByteArray bytes() const;

    QString m_folder;
    QString m_path;
    QByteArray m_before; ///< What the file held when it was read or written last; null: not there.
    DefinitionConflict m_theirs; ///< What stands against saving.
    bool m_hasConflict = false;
    bool m_hasCrLf = false;
    bool m_isLoaded = false;
    bool m_isSaving = false;
    int m_wantedLine = 0;
    int m_wantedColumn = 0;
    std::shared_ptr<const Workspace> m_workspace;
    QTimer m_checkDue;
    quint64 m_checkGeneration = 0;
    quint64 m_completionGeneration = 0;
    InfoBar* m_info;
    QWidget* m_conflict; ///< What to do about the file on disk.
    DefinitionEditor* m_editor;
    ProblemList* m_problems;
};

} // namespace eventloupe
