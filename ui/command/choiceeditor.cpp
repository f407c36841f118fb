#include "ui/command/choiceeditor.h"

#include "ui/base/plaintext.h"
#include "value/event.h"
#include "value/json.h"

#include <QComboBox>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace eventloupe {

ChoiceEditor::ChoiceEditor(const FieldSpec& spec, QWidget* parent)
    : LeafEditor(spec, parent)
    , m_combo(new QComboBox(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_combo);
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_combo->setMinimumContentsLength(12);
    addChoices();
    showRequired();
    connect(m_combo, &QComboBox::activated, this, [this] { noteEdit(); });
    adopt(m_combo);
}

void ChoiceEditor::addChoices()
{
    if (const auto* values = spec().keyword("enum")) {
        for (const auto& value : values->elements())
            addChoice(value, {});
    } else if (const auto* only = spec().keyword("const")) {
        addChoice(*only, {});
    } else {
        for (const auto& option : spec().options) {
            const auto* title = option.find("title");
            addChoice(*option.find("const"), title != nullptr ? title->toString() : QString());
        }
    }
}

void ChoiceEditor::showRequired()
{
    const QSignalBlocker quiet(m_combo);
    const auto none = m_combo->findData(QString());
    // What a person left open stays open.
    const bool isLeftOpen = none >= 0 && m_combo->currentIndex() == none && !isAsAtFirst();
    const bool canBeOpen = !spec().required || !spec().preset() || isLeftOpen;
    const auto caption = spec().required ? tr("(choose)") : tr("(not set)");
    if (!canBeOpen && none >= 0)
        m_combo->removeItem(none);
    else if (canBeOpen && none < 0)
        m_combo->insertItem(0, caption, QString());
    else if (canBeOpen)
        m_combo->setItemText(none, caption);
    // Nothing to choose.
    m_combo->setEnabled(m_combo->count() > 1);
}

void ChoiceEditor::addChoice(const JsonValue& value, const QString& title)
{
    const auto json = QString::fromUtf8(value.toJson());
    const auto plain = value.isString() ? value.toString() : json;
    auto shown = title.isEmpty() ? plain : title;
    if (shown.trimmed().isEmpty())
        shown = tr("(empty text)");
    m_combo->addItem(visibleText(shown), json);
}

QString ChoiceEditor::text() const
{
    return m_combo->currentData().toString();
}

void ChoiceEditor::setText(const QString& text)
{
    const int row = m_combo->findData(text);
    m_combo->setCurrentIndex(row >= 0 ? row : 0);
}

QWidget* ChoiceEditor::focusTarget()
{
    return m_combo;
}

Result<JsonValue> ChoiceEditor::parse(const QString& text) const
{
    return parseJson(viewOf(text.toUtf8()));
}

QString ChoiceEditor::spell(const JsonValue& value) const
{
    return QString::fromUtf8(value.toJson());
}

} // namespace eventloupe
