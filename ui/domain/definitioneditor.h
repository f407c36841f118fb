#pragma once

#include "domain/definitioncheck.h"
#include "domain/definitioncompletion.h"

#include <QPlainTextEdit>

#include <optional>

namespace eventloupe {

class CompletionPopup;
class DefinitionHighlighter;
class EditorGutter;

/// Edits a definition's text: colours, line numbers, problems underlined where they are, mends,
/// completion. Knows no files; what it shows it is told.
class DefinitionEditor final : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit DefinitionEditor(const QString& path, QWidget* parent = nullptr);
    ~DefinitionEditor() override;

    /// The text as it is, with '\n' at line ends and nothing else changed.
    [[nodiscard]] QString text() const;
    /// Replaces the text, which can be undone; the cursor stays where it was.
    void replaceText(const QString& text);

    void setProblems(const QList<DefinitionProblem>& problems);
    [[nodiscard]] const QList<DefinitionProblem>& problems() const { return m_problems; }
    /// Of lines from 1; the worst of several, or nullptr.
    [[nodiscard]] const DefinitionProblem* problemOfLine(int line) const;
    void goTo(int offset);
    void apply(const DefinitionFix& fix);
    /// Offers the mends of the problem at the text cursor.
    void showFixes();
    void showCompletions(const Completions& completions);
    [[nodiscard]] CompletionPopup& completions() { return *m_popup; }

    struct Line {
        int number = 0;
        int top = 0;
        int height = 0;
        bool isCurrent = false;
    };
    /// For the margin.
    [[nodiscard]] QList<Line> visibleLines(const QRect& rect) const;
    [[nodiscard]] int lineAt(int y) const;

signals:
    /// Completions for this place are wanted: answer with showCompletions().
    void completionsAsked(int offset);
    void fixAsked(const eventloupe::DefinitionFix& fix);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    void newLine();
    void markProblems();
    void layOutGutter();
    [[nodiscard]] const DefinitionProblem* problemAt(int offset) const;
    void completeAfter(const QKeyEvent& event);

    QList<DefinitionProblem> m_problems;
    DefinitionHighlighter* m_highlighter;
    CompletionPopup* m_popup;
    EditorGutter* m_gutter;
};

} // namespace eventloupe
