#include "ui/command/longtexteditor.h"

#include "ui/base/plaintext.h"
#include "value/event.h"
#include "value/json.h"

#include <QFontDatabase>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace eventloupe {

LongTextEditor::LongTextEditor(const FieldSpec& spec, QWidget* parent)
    : LeafEditor(spec, parent)
    , m_edit(new QPlainTextEdit(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_edit);
    // Tab goes to the next field, as in all others.
    m_edit->setTabChangesFocus(true);
    const auto example = spec.example();
    if (spec.kind == EditorKind::Json)
        m_edit->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    if (!example.isEmpty())
        m_edit->setPlaceholderText(tr("for example %1").arg(visibleText(example)));
    else if (spec.kind == EditorKind::Json)
        m_edit->setPlaceholderText(tr("JSON, such as {\"key\": 1}"));
    const int lines = 4;
    m_edit->setFixedHeight(m_edit->fontMetrics().lineSpacing() * lines + 2 * m_edit->frameWidth()
        + int(m_edit->document()->documentMargin()) * 2);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] { noteEdit(); });
    adopt(m_edit);
}

QString LongTextEditor::text() const
{
    return exactText(*m_edit);
}

void LongTextEditor::setText(const QString& text)
{
    const QSignalBlocker quiet(m_edit);
    if (exactText(*m_edit) != text)
        m_edit->setPlainText(text);
}

QWidget* LongTextEditor::focusTarget()
{
    return m_edit;
}

Result<JsonValue> LongTextEditor::parse(const QString& text) const
{
    if (spec().kind == EditorKind::LongText)
        return JsonValue::fromString(text);
    auto parsed = parseJson(viewOf(text.toUtf8()));
    if (!parsed)
        return Error { ErrorCode::InvalidInput, tr("is not JSON: %1").arg(parsed.error().message) };
    return parsed;
}

QString LongTextEditor::spell(const JsonValue& value) const
{
    if (spec().kind == EditorKind::LongText)
        return LeafEditor::spell(value);
    return QString::fromUtf8(value.toIndentedJson());
}

} // namespace eventloupe
