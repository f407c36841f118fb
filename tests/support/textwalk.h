#pragma once

#include <QSet>
#include <QString>
#include <QStringList>

class QAbstractItemView;
class QAction;
class QWidget;

namespace eventloupe {

/// Looks at every text that the program's widgets hold or show, and notes what Qt would render,
/// what could not be seen, and what would be taken for the mark of a key. GUI thread.
class TextWalk {
public:
    /// Looks at all widgets of the program, windows and menus that are hidden too.
    void look();
    /// What is wrong, each once: where, what, and the text.
    [[nodiscard]] const QStringList& faults() const { return m_faults; }
    /// Texts that were looked at and have the word in them: a walk that met none has proved
    /// nothing.
    [[nodiscard]] qsizetype texts(const QString& word) const;
    /// The windows that were looked at, by object name or class.
    [[nodiscard]] QStringList windows() const;

private:
    void lookAt(QWidget& widget);
    void lookAtLabels(const QWidget& widget);
    void lookAtButtons(const QWidget& widget);
    void lookAtEditors(const QWidget& widget);
    void lookAtItems(QAbstractItemView& view);
    void lookAtAction(const QAction& action);
    /// Of text as it is drawn: nothing in it may be unseen.
    void seen(const QWidget* at, const char* what, const QString& text);
    /// Of text in which "&" marks a key.
    void marked(const QWidget* at, const char* what, const QString& text);
    /// Of text that is markup where it looks like it.
    void tip(const QWidget* at, const char* what, const QString& text);
    void note(const QWidget* at, const QString& what, const QString& text);

    QStringList m_faults;
    QSet<QString> m_texts;
    QSet<QString> m_windows;
};

/// Whether a character shows nothing by itself or turns the writing direction; written down apart
/// from the code that is tested.
[[nodiscard]] bool isUnseenCharacter(char16_t unit);

} // namespace eventloupe
