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
/// Members of a draft beside the fields that are shown.
constexpr const char* hiddenDraft = "$hidden";
constexpr const char* entriesDraft = "$entries";

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
        if (schema == m_shown)
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

ObjectEditor::Field ObjectEditor::takeField(
    QList<Field>& before, const JsonValue::Member& property, const FieldSpec& object)
{
    const auto take = [&property](QList<Field>& fields, bool sameSchema) -> std::optional<Field> {
        for (qsizetype i = 0; i < fields.size(); ++i) {
            const auto& field = fields.at(i);
            if (field.key == property.key && (!sameSchema || field.schema == property.value))
                return fields.takeAt(i);
        }
        return std::nullopt;
    };
    auto shown = take(before, false);
    // A field is never taken from under the keyboard, nor for its own sake.
    const bool stays = shown
        && (shown->schema == property.value || m_conditions.asksFor(property.key)
            || shown->cell->isAncestorOf(QApplication::focusWidget()));
    if (stays)
        return *shown;
    auto field = take(m_hidden, true);
    if (!field)
        field = makeField(property, object);
    if (shown) {
        field->cell->editor().restore(shown->cell->editor().draft());
        shown->cell->hide();
        m_hidden.append(*shown);
    } else if (m_waiting.contains(property.key)) {
        field->cell->editor().restore(m_waiting.take(property.key));
    }
    return *field;
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

JsonValue ObjectEditor::draft() const
{
    auto object = JsonValue::emptyObject();
    for (const auto& field : m_fields)
        object.insert(field.key, field.cell->editor().draft());
    auto hidden = JsonValue::emptyObject();
    for (auto waiting = m_waiting.begin(); waiting != m_waiting.end(); ++waiting)
        hidden.insert(waiting.key(), waiting.value());
    for (const auto& field : m_hidden) {
        const auto draft = field.cell->editor().draft();
        if (object.find(viewOf(field.key)) == nullptr && !draft.isNull())
            hidden.insert(field.key, draft);
    }
    if (hidden.size() > 0)
        object.insert(hiddenDraft, hidden);
    if (m_entries != nullptr && m_entries->isGiven())
        object.insert(entriesDraft, m_entries->draft());
    return object;
}

void ObjectEditor::restore(const JsonValue& draft)
{
    for (const auto& part : { draft.find(hiddenDraft), &draft }) {
        for (const auto& member :
            part != nullptr ? part->members() : std::span<const JsonValue::Member>())
            m_waiting.insert(member.key, member.value);
    }
    m_waiting.remove(hiddenDraft);
    m_waiting.remove(entriesDraft);
    for (const auto& field : m_fields) {
        if (m_waiting.contains(field.key))
            field.cell->editor().restore(m_waiting.take(field.key));
    }
    for (const auto& field : m_hidden) {
        if (m_waiting.contains(field.key))
            field.cell->editor().restore(m_waiting.value(field.key));
    }
    if (const auto* entries = draft.find(entriesDraft); entries != nullptr && m_entries != nullptr)
        m_entries->restore(*entries);
    settle();
    if (m_conditions.isEmpty())
        m_waiting.clear();
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
