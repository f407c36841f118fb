#pragma once

#include <QObject>
#include <QStringListModel>

class QCompleter;
class QLineEdit;

namespace eventloupe {

/// Completes the word at the text cursor of a filter: the names of an event, and its types as
/// strings. Where nothing was typed yet, it keeps out of the way.
class FilterCompleter final : public QObject {
    Q_OBJECT

public:
    explicit FilterCompleter(QLineEdit& edit);

    /// Other names than those of a filter.
    void setNames(const QStringList& names);
    void setTypes(const QStringList& types);
    /// Where the word before `cursor` starts in the text; a string starts at its quote.
    [[nodiscard]] static int wordStart(const QString& text, int cursor);
    /// What could stand there, for tests and the popup.
    [[nodiscard]] QStringList words() const { return m_words.stringList(); }

private:
    void complete();
    void insert(const QString& word);

    QLineEdit& m_edit;
    void fill();

    QStringList m_names;
    QStringList m_types; ///< As strings of the expression language.
    QStringListModel m_words;
    QCompleter* m_completer;
};

} // namespace eventloupe
