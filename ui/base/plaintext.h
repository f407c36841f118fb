#pragma once

#include "value/visibletext.h" // IWYU pragma: export

#include <QLabel>
#include <QString>

class QPlainTextEdit;

namespace eventloupe {

/// What stands before the first line end: of a message that goes on to point into its source, which
/// makes sense only in lines of a fixed-width font.
[[nodiscard]] QString firstLine(const QString& text);

/// A tool tip that shows exactly this text, with signs for what is not seen: Qt takes what looks
/// like markup for markup. Lines stay lines; very long text is cut.
[[nodiscard]] QString plainToolTip(const QString& text);

/// For a button, a menu entry, a tab or the title of a group, which would take "&" for the mark of
/// a key: shows exactly this text, with signs for what is not seen.
[[nodiscard]] QString buttonText(const QString& text);

/// For a window, which would take "[*]" for the place of its mark of change.
[[nodiscard]] QString titleText(const QString& text);

/// What stands in an editor, to the character: QPlainTextEdit::toPlainText() makes blanks of
/// no-break spaces.
[[nodiscard]] QString exactText(const QPlainTextEdit& editor);

/// A label whose text is text, never markup, with signs for what is not seen, and which can be
/// shortened with an ellipsis. Very long text is cut.
class PlainLabel : public QLabel {
    Q_OBJECT

public:
    explicit PlainLabel(QWidget* parent = nullptr);
    explicit PlainLabel(const QString& text, QWidget* parent = nullptr);

    /// In place of QLabel's, which text that is not ours must not reach; text() is what is shown.
    void setText(const QString& text);
    /// From now on the label may become narrower than its text, which is then elided; the whole is
    /// in the tool tip where its owner puts it.
    void setElided(bool elided, Qt::TextElideMode mode = Qt::ElideRight);

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    bool m_elided = false;
    Qt::TextElideMode m_mode = Qt::ElideRight;
};

/// Makes a label quieter than its neighbours, in any theme.
void makeFaint(QLabel& label);
/// Makes a label a heading: bold.
void makeHeading(QLabel& label);
/// Draws a widget's texts without what is only cosmetic (kerning, ligatures), which is half of what
/// painting a table costs. Scripts that need to be shaped still are.
void makeQuickToPaint(QWidget& widget);

} // namespace eventloupe
