#include "ui/command/numbereditor.h"

#include "ui/base/plaintext.h"
#include "value/event.h"
#include "value/json.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>

#include <limits>

namespace eventloupe {

namespace {

QString boundsOf(const FieldSpec& spec)
{
    const auto* least = spec.keyword("minimum");
    const auto* most = spec.keyword("maximum");
    if (least != nullptr && most != nullptr)
        return NumberEditor::tr("%1 to %2")
            .arg(QString::fromUtf8(least->toJson()), QString::fromUtf8(most->toJson()));
    return {};
}

} // namespace

NumberEditor::NumberEditor(const FieldSpec& spec, QWidget* parent)
    : LeafEditor(spec, parent)
    , m_line(new QLineEdit(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->addWidget(m_line);
    const auto example = spec.example();
    m_line->setPlaceholderText(
        example.isEmpty() ? boundsOf(spec) : tr("for example %1").arg(visibleText(example)));
    m_line->setInputMethodHints(Qt::ImhFormattedNumbersOnly);
    m_line->installEventFilter(this);
    connect(m_line, &QLineEdit::textEdited, this, [this] { noteEdit(); });
    adopt(m_line);
}

QString NumberEditor::text() const
{
    return m_line->text().trimmed();
}

void NumberEditor::setText(const QString& text)
{
    if (m_line->text() != text)
        m_line->setText(text);
}

QWidget* NumberEditor::focusTarget()
{
    return m_line;
}

Result<JsonValue> NumberEditor::parse(const QString& text) const
{
    auto parsed = parseJson(viewOf(text.toUtf8()));
    if (parsed && parsed->isNumber())
        return parsed;
    if (text.contains(u','))
        return Error { ErrorCode::InvalidInput,
            tr("is not a number; write the decimals after a point, and no commas") };
    return Error { ErrorCode::InvalidInput, tr("is not a number; write it like 12, -3 or 0.5") };
}

bool NumberEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_line && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool counts = key->modifiers() == Qt::NoModifier
            && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down);
        if (counts) {
            step(key->key() == Qt::Key_Up ? 1 : -1);
            return true;
        }
    }
    return LeafEditor::eventFilter(watched, event);
}

void NumberEditor::step(int by)
{
    const auto typed = text();
    const auto present = typed.isEmpty() ? JsonValue::fromInt(0) : value().value_or(JsonValue());
    // Only what stays exact is counted; a decimal is left as it was typed.
    if (present.type() != JsonValue::Type::Int)
        return;
    const auto number = present.toInt();
    const auto edge
        = by > 0 ? std::numeric_limits<qint64>::max() : std::numeric_limits<qint64>::min();
    if (number == edge)
        return;
    m_line->setText(QString::number(number + by));
    m_line->selectAll();
    noteEdit();
}

} // namespace eventloupe
