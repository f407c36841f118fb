#pragma once

#include "domain/definitioncompletion.h"

#include <QCompleter>
#include <QStandardItemModel>

class QPlainTextEdit;

namespace eventloupe {

/// The list of what could stand at the text cursor; its owner asks for the completions anew at each
/// key.
class CompletionPopup final : public QCompleter {
    Q_OBJECT

public:
    explicit CompletionPopup(QPlainTextEdit& editor);

    /// Shows these at the cursor; none hides it. What is typed is replaced when one is taken.
    void show(const Completions& completions);
    void hide();
    [[nodiscard]] bool isShown() const;
    /// For tests: what is shown.
    [[nodiscard]] QStringList names() const;

private:
    void take(int row);

    QPlainTextEdit& m_editor;
    QStandardItemModel m_rows;
    Completions m_completions;
};

} // namespace eventloupe
