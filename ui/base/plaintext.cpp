#include "ui/base/plaintext.h"

#include <QPainter>
#include <QPlainTextEdit>
#include <QStyle>
#include <QTextDocument>

namespace eventloupe {

namespace {

/// Of a label or a tool tip: more is no use there, and takes its time to lay out.
constexpr qsizetype mostShown = 4000;

constexpr QChar zeroWidthSpace(0x200b);

QString cutLines(const QString& text)
{
    if (text.size() <= mostShown)
        return visibleLines(text);
    const qsizetype most = mostShown - (text.at(mostShown - 1).isHighSurrogate() ? 1 : 0);
    return visibleLines(text.left(most)) + u'…';
}

/// A place to break the line in what has none for long: else a tool tip gets as wide as that is.
QString breakable(const QString& text)
{
    constexpr qsizetype longest = 80;
    QString broken;
    qsizetype run = 0;
    for (const QChar unit : text) {
        run = unit.isSpace() ? 0 : run + 1;
        if (run > longest && !unit.isLowSurrogate() && !unit.isMark()) {
            broken += zeroWidthSpace;
            run = 1;
        }
        broken += unit;
    }
    return broken;
}

} // namespace

QString firstLine(const QString& text)
{
    return text.section(u'\n', 0, 0).trimmed();
}

QString plainToolTip(const QString& text)
{
    if (text.isEmpty())
        return {};
    // Of the text itself there is none left: it is a sign there.
    return Qt::convertFromPlainText(breakable(cutLines(text)), Qt::WhiteSpaceNormal)
        .replace(zeroWidthSpace, QStringLiteral("&#8203;"));
}

QString buttonText(const QString& text)
{
    return visibleText(text).replace(u'&', QStringLiteral("&&"));
}

QString titleText(const QString& text)
{
    const QString placeholder = QStringLiteral("[*]");
    return visibleText(text).replace(placeholder, placeholder + placeholder);
}

QString exactText(const QPlainTextEdit& editor)
{
    QString raw = editor.document()->toRawText();
    raw.replace(QChar::ParagraphSeparator, u'\n');
    return raw;
}

PlainLabel::PlainLabel(QWidget* parent)
    : PlainLabel(QString(), parent)
{
}

PlainLabel::PlainLabel(const QString& text, QWidget* parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    PlainLabel::setText(text);
}

void PlainLabel::setText(const QString& text)
{
    QLabel::setText(cutLines(text));
}

void PlainLabel::setElided(bool elided, Qt::TextElideMode mode)
{
    m_elided = elided;
    m_mode = mode;
    updateGeometry();
    update();
}

QSize PlainLabel::minimumSizeHint() const
{
    // Of a word that nothing breaks, such as a file's name of thousands.
    constexpr int letters = 40;
    const auto hint = QLabel::minimumSizeHint();
    const int letter = fontMetrics().averageCharWidth();
    if (m_elided)
        return { letter * 6, hint.height() };
    return wordWrap() ? hint.boundedTo({ letter * letters, hint.height() }) : hint;
}

void PlainLabel::paintEvent(QPaintEvent* event)
{
    const auto area = contentsRect();
    if (!m_elided || fontMetrics().horizontalAdvance(text()) <= area.width()) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    const auto shown = fontMetrics().elidedText(text(), m_mode, area.width());
    style()->drawItemText(&painter, area,
        static_cast<int>(QStyle::visualAlignment(layoutDirection(), alignment())), palette(),
        isEnabled(), shown, foregroundRole());
}

void makeFaint(QLabel& label)
{
    label.setForegroundRole(QPalette::PlaceholderText);
}

void makeHeading(QLabel& label)
{
    auto font = label.font();
    font.setBold(true);
    label.setFont(font);
}

void makeQuickToPaint(QWidget& widget)
{
    QFont font; // All else of it stays the parent's.
    font.setStyleStrategy(QFont::PreferNoShaping);
    widget.setFont(font);
}

} // namespace eventloupe
