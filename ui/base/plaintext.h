#pragma once

#include <QLabel>
#include <QString>

class QPlainTextEdit;

namespace eventloupe {

/// The text with control characters, line ends and marks that turn the writing direction made
/// visible ("¶", "␀", "⟨U+202E⟩"), so that what comes from a log can neither hide nor break a line.
[[nodiscard]] QString visibleText(const QString& text);

/// What stands before the first line end: of a message that goes on to point into its source, which
/// makes sense only in lines of a fixed-width font.
[[nodiscard]] QString firstLine(const QString& text);

/// A tool tip that shows exactly this text: Qt takes what looks like markup for markup.
[[nodiscard]] QString plainToolTip(const QString& text);

/// What stands in an editor, to the character: QPlainTextEdit::toPlainText() makes blanks of
/// no-break spaces.
[[nodiscard]] QString exactText(const QPlainTextEdit& editor);

/// A label whose text is text, never markup, and which can be shortened with an ellipsis.
class PlainLabel : public QLabel {
    Q_OBJECT

public:
    explicit PlainLabel(QWidget* parent = nullptr);
    explicit PlainLabel(const QString& text, QWidget* parent = nullptr);

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
