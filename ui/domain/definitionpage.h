#pragma once

#include "domain/definitioncheck.h"
#include "domain/definitionwriter.h"
#include "ui/domain/definitioneditor.h"
#include "ui/domain/definitiontext.h"

#include <QThreadPool>
#include <QTimer>
#include <QWidget>

#include <functional>

class QPushButton;

namespace eventloupe {

class InfoBar;
class ProblemList;

/// The texts of the definitions that are open, where they are not saved.
struct OpenTexts {
    TextsByPath unsaved; ///< Of the other ones, as they are.
    TextsByPath good; ///< Of all, as they were last without a fault.
};

/// One definition file that is open: its editor, what is wrong with it, and what became of the file
/// meanwhile. Text that is not saved is lost only when its owner deletes the page. Checks on the
/// thread pool, one check at a time and while it is shown; reads and writes on a thread of its own.
/// GUI thread.
class DefinitionPage final : public QWidget {
    Q_OBJECT

public:
    DefinitionPage(QString folder, QString path, QWidget* parent = nullptr);
    ~DefinitionPage() override;

    [[nodiscard]] const QString& folder() const { return m_folder; }
    [[nodiscard]] const QString& path() const { return m_path; }
    [[nodiscard]] DefinitionEditor& editor() { return *m_editor; }
    [[nodiscard]] QString text() const { return m_editor->text(); }
    /// As it was last without a fault; null: never yet.
    [[nodiscard]] const QString& goodText() const { return m_goodText; }
    /// A person does not want the text, as it is now.
    [[nodiscard]] bool isGivenUp() const;
    void setGivenUp(bool givenUp);
    [[nodiscard]] bool isModified() const;
    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }
    /// Until saved() or failed().
    [[nodiscard]] bool isSaving() const { return m_isSaving; }
    /// What the file held when it was read or written last; null: it was not there.
    [[nodiscard]] const QByteArray& before() const { return m_before; }
    /// Text that was not saved, and what the file held then: another content than that is told of.
    void restoreText(const QByteArray& before, const QString& text);
    /// Goes to a place, once the text is there.
    void goTo(int line, int column);
    /// Who knows the texts beside this one, for checks and completion.
    void setTextsBeside(std::function<OpenTexts()> texts) { m_textsBeside = std::move(texts); }
    /// Names for completion come from it until a check gave them.
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

protected:
    void showEvent(QShowEvent* event) override;

private:
    struct Checked;
    void connectAll();
    void take(const Result<QByteArray>& read);
    void takeSaved(const QByteArray& text, const Result<SaveOutcome>& outcome);
    void showConflict(const DefinitionConflict& conflict);
    void endConflict();
    void keepMine();
    void takeTheirs();
    void showBoth();
    void check();
    void takeChecked(const Checked& checked);
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
    bool m_isReadDue = false; ///< The file changed while it was written here.
    std::function<OpenTexts()> m_textsBeside;
    std::shared_ptr<const Workspace> m_names; ///< For completion.
    QString m_goodText;
    int m_givenUp = -1; ///< The revision of the text that is not wanted.
    QTimer m_checkDue;
    CancelToken m_cancel; ///< Of checks.
    bool m_isChecking = false;
    bool m_isCheckDue = false; ///< What the check under way looks at is not the newest.
    quint64 m_fileGeneration = 0; ///< Of reads; older answers are stale.
    quint64 m_completionGeneration = 0;
    InfoBar* m_info;
    QWidget* m_conflict; ///< What to do about the file on disk.
    DefinitionEditor* m_editor;
    ProblemList* m_problems;
    QThreadPool m_disk; ///< One thread; waits for a write that is under way when the page goes.
};

} // namespace eventloupe
