#include "ui/command/objecteditor.h"

#include "ui/command/fieldcell.h"
#include "ui/command/flowgrid.h"

#include <algorithm>

namespace eventloupe {

ObjectEditor::ObjectEditor(const FieldSpec& spec, QWidget* parent)
    : FieldEditor(spec, parent)
{
    // Fields inside a group have less room, and are mostly short: a quantity, a street.
    new FlowGrid(spec.place.isRoot() ? 32 : 20, this);
    if (const auto* properties = spec.keyword("properties")) {
        for (const auto& property : properties->members())
            addField(property.key, property.value);
    }
    if (const auto preset = spec.preset())
        setValue(*preset);
}

void ObjectEditor::addField(const QByteArray& key, const JsonValue& schema)
{
    auto* cell = new FieldCell(spec().member(key, schema), FieldCell::Caption::Shown, this);
    m_fields.append({ key, cell });
    layout()->addWidget(cell);
    cell->setHidden(cell->editor().spec().isHidden);
    connect(&cell->editor(), &FieldEditor::edited, this, [this] { noteEdit(); });
    connect(
        &cell->editor(), &FieldEditor::structureChanged, this, [this] { emit structureChanged(); });
}

std::optional<JsonValue> ObjectEditor::value() const
{
    auto object = JsonValue::emptyObject();
    for (const auto& field : m_fields) {
        if (const auto member = field.cell->editor().value())
            object.insert(field.key, *member);
    }
    if (!spec().required && !isGiven())
        return std::nullopt;
    return object;
}

bool ObjectEditor::isGiven() const
{
    return spec().preset() || std::any_of(m_fields.begin(), m_fields.end(), [](const Field& field) {
        return field.cell->editor().isGiven();
    });
}

void ObjectEditor::setValue(const JsonValue& value)
{
    for (const auto& field : m_fields) {
        if (const auto* member = value.find({ field.key.constData(), size_t(field.key.size()) }))
            field.cell->editor().setValue(*member);
    }
}

void ObjectEditor::reset()
{
    for (const auto& field : m_fields)
        field.cell->editor().reset();
    if (const auto preset = spec().preset())
        setValue(*preset);
    setTouched(false);
}

JsonValue ObjectEditor::draft() const
{
    auto object = JsonValue::emptyObject();
    for (const auto& field : m_fields)
        object.insert(field.key, field.cell->editor().draft());
    return object;
}

void ObjectEditor::restore(const JsonValue& draft)
{
    for (const auto& field : m_fields) {
        if (const auto* member = draft.find({ field.key.constData(), size_t(field.key.size()) }))
            field.cell->editor().restore(*member);
    }
}

QWidget* ObjectEditor::focusTarget()
{
    return m_fields.isEmpty() ? nullptr : m_fields.constFirst().cell->editor().focusTarget();
}

void ObjectEditor::visitCells(const std::function<void(FieldCell&)>& visitor)
{
    for (const auto& field : m_fields) {
        visitor(*field.cell);
        field.cell->editor().visitCells(visitor);
    }
}

void ObjectEditor::collectMissing(QList<FieldEditor*>& missing)
{
    // An optional object that is left out needs none of its members.
    if (!value())
        return;
    for (const auto& field : m_fields)
        field.cell->editor().collectMissing(missing);
}

void ObjectEditor::collectTabWidgets(QList<QWidget*>& widgets)
{
    for (const auto& field : m_fields)
        field.cell->editor().collectTabWidgets(widgets);
}

void ObjectEditor::setPlace(const JsonPointer& place)
{
    FieldEditor::setPlace(place);
    for (const auto& field : m_fields) {
        field.cell->editor().setPlace(childPlace(place, field.key));
        field.cell->rename();
    }
}

} // namespace eventloupe
