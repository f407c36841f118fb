#include "ui/command/objecteditor.h"

#include "ui/command/fieldcell.h"
#include "ui/command/flowgrid.h"
#include "ui/command/mapeditor.h"
#include "value/event.h"

#include <QApplication>
#include <QGroupBox>
#include <QVBoxLayout>

#include <algorithm>

namespace eventloupe {

namespace {

/// So often may fields that came ask for others in one go.
constexpr int mostRounds = 20;
} // namespace

ObjectEditor::ObjectEditor(const FieldSpec& spec, QWidget* parent)
    : FieldEditor(spec, parent)
    , m_conditions(spec.context.schema, spec.schema, spec.references())
{
    // Fields inside a group have less room, and are mostly short: a quantity, a street.
    new FlowGrid(spec.place.isRoot() ? 32 : 20, this);
    if (spec.takesEntries())
        addEntries();
    showFields(
        m_conditions.isEmpty() ? spec.schema : m_conditions.schemaFor(JsonValue::emptyObject()));
    settle();
    if (const auto preset = spec.preset())
        setValue(*preset);
}

void ObjectEditor::addEntries()
{
    auto* group = new QGroupBox(tr("Further members"), this);
    group->setProperty("wide", true);
    m_entries = new MapEditor(spec().entries(), group);
    (new QVBoxLayout(group))->addWidget(m_entries);
    connect(m_entries, &FieldEditor::edited, this, [this] { noteEdit(); });
    connect(m_entries, &FieldEditor::structureChanged, this, [this] { emit structureChanged(); });
}

void ObjectEditor::settle()
{
    bool changed = false;
    // A field that came may have a default that asks for another.
    for (int round = 0; !m_conditions.isEmpty() && round < mostRounds; ++round) {
        const auto schema = m_conditions.schemaFor(fieldValues());
        if (schema == m_shown && !hasOutdatedField())
            break;
        showFields(schema);
        changed = true;
    }
    if (changed)
        emit structureChanged();
}

void ObjectEditor::showFields(const JsonValue& schema)
{
    m_shown = schema;
    auto object = spec();
    object.schema = schema;
    auto before = std::exchange(m_fields, {});
    QSet<QByteArray> required;
    if (const auto* names = schema.find("required")) {
        for (const auto& name : names->elements())
            required.insert(name.toUtf8());
    }
    if (const auto* properties = schema.find("properties")) {
        for (const auto& property : properties->members()) {
            m_fields.append(takeField(before, property, object));
            m_fields.last().cell->setRequired(required.contains(property.key));
        }
    }
    for (const auto& field : before)
        field.cell->hide();
    m_hidden.append(before);
    arrange();
}

std::optional<ObjectEditor::Field> ObjectEditor::takeOf(
    QList<Field>& fields, const QByteArray& key, const JsonValue* schema)
{
    for (qsizetype i = 0; i < fields.size(); ++i) {
        const auto& field = fields.at(i);
        if (field.key == key && (schema == nullptr || field.schema == *schema))
            return fields.takeAt(i);
    }
    return std::nullopt;
}

ObjectEditor::Field ObjectEditor::takeField(
    QList<Field>& before, const JsonValue::Member& property, const FieldSpec& object)
{
    auto shown = takeOf(before, property.key, nullptr);
    if (shown && !isOutdated(*shown, property.value))
        return *shown;
    if (!shown)
        return takeHiddenField(property, object);
    auto field = takeOf(m_hidden, property.key, &property.value);
    if (!field)
        field = makeField(property, object);
    field->cell->editor().restore(shown->cell->editor().draft());
    shown->cell->hide();
    m_hidden.append(*shown);
    return *field;
}

ObjectEditor::Field ObjectEditor::takeHiddenField(
    const JsonValue::Member& property, const FieldSpec& object)
{
    auto drafts = hiddenDrafts(property.key);
    auto field = takeOf(m_hidden, property.key, &property.value);
    // What was typed under the same name since it went.
    if (field)
        drafts.remove(0, drafts.lastIndexOf(field->cell->editor().draft()) + 1);
    else
        field = makeField(property, object);
    for (const auto& draft : drafts)
        field->cell->editor().restore(draft);
    return *field;
}

bool ObjectEditor::isOutdated(const Field& field, const JsonValue& schema) const
{
    // A field is never taken from under the keyboard, nor for its own sake.
    return !(field.schema == schema) && !m_conditions.asksFor(field.key)
        && !field.cell->isAncestorOf(QApplication::focusWidget());
}

bool ObjectEditor::hasOutdatedField() const
{
    const auto* properties = m_shown.find("properties");
    return std::any_of(m_fields.begin(), m_fields.end(), [&](const Field& field) {
        const auto* schema = properties != nullptr ? properties->find(viewOf(field.key)) : nullptr;
        return schema != nullptr && isOutdated(field, *schema);
    });
}

ObjectEditor::Field ObjectEditor::makeField(
    const JsonValue::Member& property, const FieldSpec& object)
{
    auto* cell = new FieldCell(
        object.member(property.key, property.value), FieldCell::Caption::Shown, this);
    auto& editor = cell->editor();
    connect(&editor, &FieldEditor::edited, this, [this] { noteEdit(); });
    connect(&editor, &FieldEditor::structureChanged, this, [this] { emit structureChanged(); });
    return { property.key, property.value, cell };
}

void ObjectEditor::arrange()
{
    while (auto* item = layout()->takeAt(0))
        delete item;
    for (const auto& field : m_fields) {
        layout()->addWidget(field.cell);
        field.cell->setHidden(field.cell->editor().spec().isHidden);
    }
    if (m_entries != nullptr)
        layout()->addWidget(m_entries->parentWidget());
}

JsonValue ObjectEditor::fieldValues() const
{
    auto object = JsonValue::emptyObject();
    for (const auto& field : m_fields) {
        if (const auto member = field.cell->editor().value())
            object.insert(field.key, *member);
    }
    if (const auto entries = m_entries != nullptr ? m_entries->value() : std::nullopt) {
        for (const auto& member : entries->members()) {
            if (object.find(viewOf(member.key)) == nullptr)
                object.insert(member.key, member.value);
        }
    }
    return object;
}

std::optional<JsonValue> ObjectEditor::value() const
{
    if (!spec().required && !isGiven())
        return std::nullopt;
    return fieldValues();
}

bool ObjectEditor::isGiven() const
{
    return spec().preset() || (m_entries != nullptr && m_entries->isGiven())
        || std::any_of(m_fields.begin(), m_fields.end(),
            [](const Field& field) { return field.cell->editor().isGiven(); });
}

QString ObjectEditor::fault() const
{
    if (m_entries == nullptr)
        return {};
    const auto fault = m_entries->fault();
    if (!fault.isEmpty())
        return fault;
    const auto entries = m_entries->value().value_or(JsonValue());
    for (const auto& field : m_fields) {
        if (entries.find(viewOf(field.key)) != nullptr)
            return tr("\"%1\" is a field above; name the further member otherwise")
                .arg(QString::fromUtf8(field.key));
    }
    return {};
}

void ObjectEditor::setValue(const JsonValue& value)
{
    QSet<const FieldCell*> filled;
    for (int round = 0; round < mostRounds; ++round) {
        const auto before = filled.size();
        for (const auto& field : m_fields) {
            const auto* member = value.find(viewOf(field.key));
            if (member == nullptr || filled.contains(field.cell))
                continue;
            filled.insert(field.cell);
            field.cell->editor().setValue(*member);
        }
        settle();
        if (m_conditions.isEmpty() || filled.size() == before)
            break;
    }
    if (m_entries == nullptr || !value.isObject())
        return;
    auto entries = value;
    for (const auto& field : m_fields)
        entries.remove(viewOf(field.key));
    m_entries->setValue(entries);
}

void ObjectEditor::reset()
{
    m_waiting.clear();
    for (const auto& field : m_fields + m_hidden)
        field.cell->editor().reset();
    if (m_entries != nullptr)
        m_entries->reset();
    settle();
    if (const auto preset = spec().preset())
        setValue(*preset);
    setTouched(false);
}

QWidget* ObjectEditor::focusTarget()
{
    if (!m_fields.isEmpty())
        return m_fields.constFirst().cell->editor().focusTarget();
    return m_entries != nullptr ? m_entries->focusTarget() : nullptr;
}

void ObjectEditor::visitCells(const std::function<void(FieldCell&)>& visitor)
{
    for (const auto& field : m_fields) {
        visitor(*field.cell);
        field.cell->editor().visitCells(visitor);
    }
    if (m_entries != nullptr)
        m_entries->visitCells(visitor);
}

void ObjectEditor::collectMissing(QList<FieldEditor*>& missing)
{
    // An optional object that is left out needs none of its members.
    if (!value())
        return;
    for (const auto& field : m_fields)
        field.cell->editor().collectMissing(missing);
    if (m_entries != nullptr)
        m_entries->collectMissing(missing);
}

void ObjectEditor::collectTabWidgets(QList<QWidget*>& widgets)
{
    for (const auto& field : m_fields)
        field.cell->editor().collectTabWidgets(widgets);
    if (m_entries != nullptr)
        m_entries->collectTabWidgets(widgets);
}

void ObjectEditor::setPlace(const JsonPointer& place)
{
    FieldEditor::setPlace(place);
    for (const auto& field : m_fields + m_hidden) {
        field.cell->editor().setPlace(childPlace(place, field.key));
        field.cell->rename();
    }
    if (m_entries != nullptr)
        m_entries->setPlace(place);
}

void ObjectEditor::touch()
{
    FieldEditor::touch();
    if (m_entries != nullptr)
        m_entries->touch();
}

} // namespace eventloupe
