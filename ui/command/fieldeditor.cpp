#include "ui/command/fieldeditor.h"

#include "ui/command/alternativeseditor.h"
#include "ui/command/arrayeditor.h"
#include "ui/command/booleaneditor.h"
#include "ui/command/choiceeditor.h"
#include "ui/command/longtexteditor.h"
#include "ui/command/mapeditor.h"
#include "ui/command/momenteditor.h"
#include "ui/command/numbereditor.h"
#include "ui/command/objecteditor.h"
#include "ui/command/ondemandeditor.h"
#include "ui/command/texteditor.h"
#include "ui/command/tupleeditor.h"

#include <utility>

namespace eventloupe {

namespace {

/// Members of a row's draft.
constexpr const char* rowValue = "$value";
constexpr const char* rowTyped = "$typed";

} // namespace

FieldEditor::FieldEditor(FieldSpec spec, QWidget* parent)
    : QWidget(parent)
    , m_spec(std::move(spec))
{
}

void FieldEditor::visitCells(const std::function<void(FieldCell&)>&) { }

QList<int> FieldEditor::chosen() const
{
    return spec().onlyOption >= 0 ? QList<int> { spec().onlyOption } : QList<int>();
}

void FieldEditor::collectMissing(QList<FieldEditor*>&) { }

void FieldEditor::collectTabWidgets(QList<QWidget*>& widgets)
{
    for (auto* child : findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
        if ((child->focusPolicy() & Qt::TabFocus) != 0)
            widgets.append(child);
    }
}

void FieldEditor::setPlace(const JsonPointer& place)
{
    m_spec.place = place;
}

void FieldEditor::setRequired(bool required)
{
    if (m_spec.required == required)
        return;
    const bool wasReadOnly = m_spec.readOnly;
    m_spec.setRequired(required);
    if (m_spec.readOnly != wasReadOnly)
        setEnabled(!m_spec.readOnly);
    requiredChanged();
}

void FieldEditor::noteEdit()
{
    m_touched = true;
    emit edited();
}

QString FieldEditor::objectNameFor(QLatin1StringView prefix) const
{
    return prefix + QString::fromUtf8(m_spec.place.toText());
}

std::optional<JsonValue> LeafEditor::value() const
{
    const auto typed = text();
    if (typed.isEmpty()) {
        if (spec().required && spec().nullable)
            return JsonValue();
        return std::nullopt;
    }
    const auto parsed = parse(typed);
    return parsed ? std::optional(*parsed) : std::nullopt;
}

QString LeafEditor::fault() const
{
    const auto typed = text();
    if (typed.isEmpty())
        return {};
    const auto parsed = parse(typed);
    return parsed ? QString() : parsed.error().message;
}

void LeafEditor::setValue(const JsonValue& value)
{
    setText(value.isNull() && spec().nullable ? QString() : spell(value));
}

void LeafEditor::reset()
{
    if (const auto preset = spec().preset())
        setValue(*preset);
    else
        setText(initialText());
    m_initial = text();
    setTouched(false);
}

void LeafEditor::requiredChanged()
{
    const bool wasAsAtFirst = isAsAtFirst();
    showRequired();
    if (wasAsAtFirst)
        reset();
}

bool LeafEditor::isGiven() const
{
    const auto typed = text();
    return !typed.isEmpty() && (isTouched() || typed != m_initial);
}

JsonValue LeafEditor::draft() const
{
    return isTouched() ? JsonValue::fromString(text()) : JsonValue();
}

void LeafEditor::restore(const JsonValue& draft)
{
    if (!draft.isString())
        return;
    const auto before = text();
    const auto typed = draft.toString();
    setText(typed);
    // What another field held may be none of the choices of this one.
    const bool isChoice = spec().kind == EditorKind::Choice || spec().kind == EditorKind::Boolean;
    if (isChoice && text() != typed)
        setText(before);
    else
        setTouched(true);
}

void LeafEditor::collectMissing(QList<FieldEditor*>& missing)
{
    if (spec().required && !spec().nullable && text().isEmpty())
        missing.append(this);
}

void LeafEditor::setPlace(const JsonPointer& place)
{
    FieldEditor::setPlace(place);
    focusTarget()->setObjectName(objectNameFor(QLatin1StringView("field:")));
}

QString LeafEditor::spell(const JsonValue& value) const
{
    return value.isString() ? value.toString() : QString::fromUtf8(value.toJson());
}

void LeafEditor::adopt(QWidget* target)
{
    target->setObjectName(objectNameFor(QLatin1StringView("field:")));
    target->setAccessibleName(spec().title);
    target->setAccessibleDescription(spec().description);
    setFocusProxy(target);
    // Set by the schema alone; a screen reader and the look of the control say so.
    setEnabled(!spec().readOnly);
    reset();
}

JsonValue rowDraft(const FieldEditor& editor)
{
    auto row = JsonValue::emptyObject();
    if (const auto value = editor.value())
        row.insert(rowValue, *value);
    row.insert(rowTyped, editor.draft());
    return row;
}

void restoreRow(FieldEditor& editor, const JsonValue& draft)
{
    const auto* typed = draft.find(rowTyped);
    if (const auto* value = draft.find(rowValue); value != nullptr && typed != nullptr)
        editor.setValue(*value);
    // Sessions of before have what was typed alone.
    editor.restore(typed != nullptr ? *typed : draft);
}

void restoreHiddenRow(FieldEditor& editor, const JsonValue& draft)
{
    if (const auto* typed = draft.find(rowTyped))
        editor.restoreHidden(*typed);
}

FieldEditor* makeFieldEditor(const FieldSpec& spec, QWidget* parent)
{
    if (spec.onDemand)
        return new OnDemandEditor(spec, parent);
    switch (spec.kind) {
    case EditorKind::Text:
    case EditorKind::Uuid:
        return new TextEditor(spec, parent);
    case EditorKind::LongText:
    case EditorKind::Json:
        return new LongTextEditor(spec, parent);
    case EditorKind::Number:
        return new NumberEditor(spec, parent);
    case EditorKind::Boolean:
        return new BooleanEditor(spec, parent);
    case EditorKind::Choice:
        return new ChoiceEditor(spec, parent);
    case EditorKind::Moment:
        return new MomentEditor(spec, parent);
    case EditorKind::Object:
        return new ObjectEditor(spec, parent);
    case EditorKind::Array:
        return new ArrayEditor(spec, parent);
    case EditorKind::Tuple:
        return new TupleEditor(spec, parent);
    case EditorKind::Map:
        return new MapEditor(spec, parent);
    case EditorKind::Alternatives:
        return new AlternativesEditor(spec, parent);
    }
    return new LongTextEditor(spec, parent);
}

} // namespace eventloupe
