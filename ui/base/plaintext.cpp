#include "ui/base/plaintext.h"

#include <QPainter>
#include <QPlainTextEdit>
#include <QStyle>
#include <QTextDocument>

namespace eventloupe {

namespace {

bool turnsDirection(char16_t unit)
{
    return (unit >= 0x202A && unit <= 0x202E) || (unit >= 0x2066 && unit <= 0x2069)
        || unit == 0x200E || unit == 0x200F || unit == 0x061C;
}

bool isPlain(QChar character)
{
    const auto unit = character.unicode();
    const bool control = unit < 0x20 || (unit >= 0x7F && unit < 0xA0);
    const bool lineEnd = unit == 0x2028 || unit == 0x2029;
    // A model's own sign for a line end: few fonts have it, and another font shifts the line.
    const bool lineSign = unit == 0x240A;
    return !control && !lineEnd && !lineSign && !turnsDirection(unit);
}

QString signOf(QChar character)
{
    const auto unit = character.unicode();
    if (unit == u'\n' || unit == 0x240A)
        return QChar(u'¶');
    if (unit < 0x20)
        return QChar(static_cast<char16_t>(0x2400 + unit)); // "Control Pictures"
    if (unit == 0x7F)
        return QChar(0x2421);
    return QStringLiteral("⟨U+%1⟩").arg(unit, 4, 16, QLatin1Char('0')).toUpper();
}

} // namespace

QString visibleText(const QString& text)
{
    if (std::all_of(text.cbegin(), text.cend(), isPlain))
        return text;
    QString shown;
    shown.reserve(text.size() + 16);
    for (const auto character : text) {
        if (isPlain(character))
            shown += character;
        else
            shown += signOf(character);
    }
    return shown;
}

QString firstLine(const QString& text)
{
    return text.section(u'\n', 0, 0).trimmed();
}

QString plainToolTip(const QString& text)
{
    return text.isEmpty() ? QString() : Qt::convertFromPlainText(text, Qt::WhiteSpaceNormal);
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
    setText(text);
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
    constexpr int letters = 40; // Of a word that nothing breaks, such as a file's name of thousands.
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
