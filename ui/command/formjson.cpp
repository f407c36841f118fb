#include "ui/command/formjson.h"

#include "domain/textplace.h"
#include "ui/base/jsonhighlighter.h"
#include "ui/base/plaintext.h"
#include "ui/base/theme.h"
#include "value/event.h"
#include "value/json.h"

#include <QEvent>
#include <QFontDatabase>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace eventloupe {

namespace {

/// At least; the text gets what room there is.
constexpr int shownLines = 3;
constexpr qsizetype shownReasons = 3;

} // namespace

FormJson::FormJson(QWidget* parent)
    : QWidget(parent)
    , m_edit(new QPlainTextEdit(this))
    , m_reasons(new PlainLabel(this))
    , m_highlighter(new JsonHighlighter(m_edit->document(), *m_edit))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(2);
    // Above, where a low panel shows them too.
    column->addWidget(m_reasons);
    column->addWidget(m_edit, 1);
    m_edit->setObjectName(u"formJson"_qs);
    m_edit->setAccessibleName(tr("The command's data as JSON"));
    m_edit->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_edit->setTabChangesFocus(true);
    m_edit->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_edit->setMinimumHeight(m_edit->fontMetrics().lineSpacing() * shownLines);
    // It takes the room that the panel has, and asks for none beyond.
    m_edit->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    setFocusProxy(m_edit);
    m_reasons->setObjectName(u"formJsonReasons"_qs);
    m_reasons->setWordWrap(true);
    m_reasons->hide();
    connect(m_edit, &QPlainTextEdit::textChanged, this, &FormJson::edited);
    colour();
}

void FormJson::setJson(const JsonValue& value)
{
    setText(QString::fromUtf8(value.toIndentedJson()));
}

QString FormJson::text() const
{
    return exactText(*m_edit);
}

void FormJson::setText(const QString& text)
{
    const QSignalBlocker quiet(m_edit);
    m_edit->setPlainText(text);
    m_edit->document()->setModified(false);
}

bool FormJson::isChanged() const
{
    return m_edit->document()->isModified();
}

Result<JsonValue> FormJson::value() const
{
    const auto utf8 = text().toUtf8();
    const auto fault = findJsonFault(viewOf(utf8));
    if (!fault)
        return parseJson(viewOf(utf8));
    const auto place = placeOfOffset(viewOf(utf8), fault->offset);
    return Error {
        ErrorCode::InvalidInput,
        tr("line %1, column %2: not JSON: %3").arg(place.line).arg(place.column).arg(fault->reason)
    };
}

QString FormJson::lineOf(const SchemaViolation& violation, const QByteArray& utf8)
{
    const auto place = placeOfOffset(viewOf(utf8), offsetOfPointer(viewOf(utf8), violation.place));
    const auto name = QString::fromUtf8(violation.place.toText());
    return name.isEmpty() ? tr("⚠ %1").arg(violation.message)
                          : tr("⚠ line %1: %2 %3").arg(place.line).arg(name, violation.message);
}

void FormJson::showReasons(const QList<SchemaViolation>& violations, const QString& obstacle)
{
    const auto utf8 = text().toUtf8();
    QStringList lines;
    m_fault = -1;
    if (!obstacle.isEmpty())
        lines.append(tr("⚠ %1").arg(obstacle));
    if (const auto fault = findJsonFault(viewOf(utf8))) {
        lines.append(tr("⚠ %1").arg(value().error().message));
        m_fault = int(QString::fromUtf8(utf8.left(fault->offset)).size());
    }
    for (const auto& violation : violations.mid(0, shownReasons))
        lines.append(lineOf(violation, utf8));
    if (violations.size() > shownReasons)
        lines.append(tr("and %L1 more").arg(violations.size() - shownReasons));
    if (m_fault < 0 && !violations.isEmpty()) {
        const auto offset = offsetOfPointer(viewOf(utf8), violations.first().place);
        m_fault = int(QString::fromUtf8(utf8.left(offset)).size());
    }
    m_reasons->setText(lines.join(u'\n'));
    m_reasons->setVisible(!lines.isEmpty());
    m_edit->setAccessibleDescription(lines.join(u". "));
}

void FormJson::focusFault()
{
    if (m_fault >= 0) {
        auto cursor = m_edit->textCursor();
        cursor.setPosition(qMin(m_fault, m_edit->document()->characterCount() - 1));
        m_edit->setTextCursor(cursor);
    }
    m_edit->setFocus();
}

void FormJson::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        colour();
    QWidget::changeEvent(event);
}

void FormJson::colour()
{
    if (m_highlighter == nullptr)
        return;
    auto errors = m_reasons->palette();
    const auto colour = coloursOf(palette()).error;
    if (errors.color(QPalette::WindowText) == colour)
        return;
    errors.setColor(QPalette::WindowText, colour);
    m_reasons->setPalette(errors);
    // Colours are no edit.
    const QSignalBlocker quiet(m_edit);
    m_highlighter->rehighlight();
}

} // namespace eventloupe
