#include "ui/command/mapeditor.h"

#include "ui/command/fieldcell.h"
#include "ui/command/maprow.h"
#include "value/event.h"

#include <QHash>
#include <QToolButton>
#include <QVBoxLayout>

namespace eventloupe {

MapEditor::MapEditor(const FieldSpec& spec, QWidget* parent)
    : FieldEditor(spec, parent)
    , m_column(new QVBoxLayout(this))
    , m_add(new QToolButton(this))
{
    m_column->setContentsMargins({});
    m_column->setSpacing(10);
    m_add->setText(tr("Add a row"));
    m_add->setAccessibleName(tr("Add a row to %1").arg(spec.title));
    m_column->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_add, &QToolButton::clicked, this, [this] {
        auto& row = addRow();
        emit structureChanged();
        noteEdit();
        row.focusTarget()->setFocus();
    });
    setPlace(spec.place);
    reset();
    setEnabled(!spec.readOnly);
}

std::optional<JsonValue> MapEditor::value() const
{
    if (m_rows.isEmpty() && !spec().required)
        return std::nullopt;
    auto object = JsonValue::emptyObject();
    for (auto* row : m_rows) {
        if (!row->name().isEmpty())
            object.insert(row->name(), row->cell().editor().value().value_or(JsonValue()));
    }
    return object;
}

QString MapEditor::fault() const
{
    QSet<QByteArray> names;
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const auto name = m_rows.at(i)->name();
        if (name.isEmpty() && m_rows.at(i)->cell().editor().isGiven())
            return tr("row %1 needs a name").arg(i + 1);
        if (!name.isEmpty() && names.contains(name))
            return tr("the name \"%1\" is there twice").arg(QString::fromUtf8(name));
        names.insert(name);
    }
    return {};
}

void MapEditor::setValue(const JsonValue& value)
{
    clear();
    const bool fits = spec().context.takeRows(value.size());
    for (const auto& member : fits ? value.members() : std::span<const JsonValue::Member>()) {
        auto& row = addRow();
        row.setName(member.key);
        row.cell().editor().setValue(member.value);
    }
    renumber();
    emit structureChanged();
}

void MapEditor::reset()
{
    clear();
    if (const auto preset = spec().preset())
        setValue(*preset);
    setTouched(false);
    emit structureChanged();
}

JsonValue MapEditor::draft() const
{
    auto rows = JsonValue::emptyArray();
    for (auto* row : m_rows) {
        auto draft = JsonValue::emptyObject();
        draft.insert("name", JsonValue::fromString(row->name()));
        draft.insert("value", rowDraft(row->cell().editor()));
        rows.append(draft);
    }
    return rows;
}

void MapEditor::restore(const JsonValue& draft)
{
    if (!draft.isArray())
        return;
    clear();
    for (const auto& part : draft.elements()) {
        const auto* name = part.find("name");
        const auto* value = part.find("value");
        if (name == nullptr || value == nullptr)
            continue;
        auto& row = addRow();
        row.setName(name->toUtf8());
        restoreRow(row.cell().editor(), *value);
    }
    setTouched(true);
    renumber();
    emit structureChanged();
}

void MapEditor::restoreHidden(const JsonValue& draft)
{
    QHash<QByteArray, JsonValue> parts;
    for (const auto& part : draft.elements()) {
        const auto* name = part.find("name");
        const auto* value = part.find("value");
        if (name != nullptr && value != nullptr)
            parts.insert(name->toUtf8(), *value);
    }
    for (auto* row : m_rows)
        restoreHiddenRow(row->cell().editor(), parts.value(row->name()));
}

void MapEditor::touch()
{
    FieldEditor::touch();
    for (auto* row : m_rows)
        row->cell().editor().touch();
}

QWidget* MapEditor::focusTarget()
{
    return m_add;
}

void MapEditor::visitCells(const std::function<void(FieldCell&)>& visitor)
{
    for (auto* row : m_rows) {
        visitor(row->cell());
        row->cell().editor().visitCells(visitor);
    }
}

void MapEditor::collectMissing(QList<FieldEditor*>& missing)
{
    for (auto* row : m_rows) {
        // A row that says nothing yet is no member.
        if (!row->name().isEmpty())
            row->cell().editor().collectMissing(missing);
    }
}

void MapEditor::collectTabWidgets(QList<QWidget*>& widgets)
{
    for (const auto* row : m_rows)
        row->collectTabWidgets(widgets);
    widgets.append(m_add);
}

void MapEditor::setPlace(const JsonPointer& place)
{
    FieldEditor::setPlace(place);
    m_add->setObjectName(objectNameFor(QLatin1StringView("add:")));
    renumber();
}

MapRow& MapEditor::addRow()
{
    auto* row = new MapRow(spec(), this);
    connect(row, &MapRow::removeAsked, this, [this, row] {
        removeRow(row);
        emit structureChanged();
        noteEdit();
        m_add->setFocus();
    });
    connect(row, &MapRow::edited, this, [this] { noteEdit(); });
    connect(row, &MapRow::structureChanged, this, [this] { emit structureChanged(); });
    m_column->insertWidget(int(m_rows.size()), row);
    m_rows.append(row);
    renumber(m_rows.size() - 1);
    row->show();
    return *row;
}

void MapEditor::removeRow(MapRow* row)
{
    const auto index = m_rows.indexOf(row);
    m_rows.removeAt(index);
    m_column->removeWidget(row);
    row->hide();
    row->setParent(nullptr);
    row->deleteLater();
    renumber(index);
}

void MapEditor::clear()
{
    while (!m_rows.isEmpty())
        removeRow(m_rows.constLast());
}

void MapEditor::renumber(qsizetype from)
{
    for (qsizetype i = from; i < m_rows.size(); ++i)
        m_rows.at(i)->setPosition(spec(), i);
}

} // namespace eventloupe
