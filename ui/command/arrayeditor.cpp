#include "ui/command/arrayeditor.h"

#include "ui/command/fieldcell.h"

#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace eventloupe {

namespace {

/// As many rows as a form shows by itself, however large minItems is.
constexpr qsizetype mostFirstRows = 10;

} // namespace

ArrayEditor::ArrayEditor(const FieldSpec& spec, QWidget* parent)
    : FieldEditor(spec, parent)
    , m_column(new QVBoxLayout(this))
    , m_add(new QToolButton(this))
{
    m_column->setContentsMargins({});
    m_add->setText(tr("Add a row"));
    m_add->setAccessibleName(tr("Add a row to %1").arg(spec.title));
    m_column->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_add, &QToolButton::clicked, this, [this] {
        auto& cell = addRow();
        emit structureChanged();
        noteEdit();
        if (auto* target = cell.editor().focusTarget())
            target->setFocus();
    });
    setPlace(spec.place);
    reset();
}

qsizetype ArrayEditor::firstRowCount() const
{
    const auto* least = spec().keyword("minItems");
    if (least == nullptr || !spec().required)
        return 0;
    return qBound(qsizetype(0), qsizetype(least->toInt()), mostFirstRows);
}

std::optional<JsonValue> ArrayEditor::value() const
{
    if (m_rows.isEmpty() && !spec().required)
        return std::nullopt;
    auto array = JsonValue::emptyArray();
    // An empty row keeps its place, so that reasons find the rows that they are about.
    for (const auto& row : m_rows)
        array.append(row.cell->editor().value().value_or(JsonValue()));
    return array;
}

void ArrayEditor::setValue(const JsonValue& value)
{
    setRowCount(value.size());
    for (qsizetype i = 0; i < m_rows.size(); ++i)
        m_rows.at(i).cell->editor().setValue(value.elements()[size_t(i)]);
}

void ArrayEditor::reset()
{
    setRowCount(0);
    if (const auto preset = spec().preset(); preset && preset->isArray())
        setValue(*preset);
    else
        setRowCount(firstRowCount());
    setTouched(false);
}

JsonValue ArrayEditor::draft() const
{
    auto array = JsonValue::emptyArray();
    for (const auto& row : m_rows)
        array.append(row.cell->editor().draft());
    return array;
}

void ArrayEditor::restore(const JsonValue& draft)
{
    if (!draft.isArray())
        return;
    setRowCount(draft.size());
    for (qsizetype i = 0; i < m_rows.size(); ++i)
        m_rows.at(i).cell->editor().restore(draft.elements()[size_t(i)]);
}

QWidget* ArrayEditor::focusTarget()
{
    return m_add;
}

void ArrayEditor::visitCells(const std::function<void(FieldCell&)>& visitor)
{
    for (const auto& row : m_rows) {
        visitor(*row.cell);
        row.cell->editor().visitCells(visitor);
    }
}

void ArrayEditor::collectMissing(QList<FieldEditor*>& missing)
{
    for (const auto& row : m_rows)
        row.cell->editor().collectMissing(missing);
}

void ArrayEditor::collectTabWidgets(QList<QWidget*>& widgets)
{
    for (const auto& row : m_rows) {
        row.cell->editor().collectTabWidgets(widgets);
        widgets.append(row.remove);
    }
    widgets.append(m_add);
}

void ArrayEditor::setPlace(const JsonPointer& place)
{
    FieldEditor::setPlace(place);
    m_add->setObjectName(objectNameFor(QLatin1StringView("field:")));
    renumber();
}

void ArrayEditor::setRowCount(qsizetype count)
{
    if (m_rows.size() == count)
        return;
    while (m_rows.size() > count)
        removeRow(m_rows.constLast().frame);
    while (m_rows.size() < count)
        addRow();
    emit structureChanged();
}

FieldCell& ArrayEditor::addRow()
{
    Row row { new QWidget(this), nullptr, nullptr };
    auto* line = new QHBoxLayout(row.frame);
    line->setContentsMargins({});
    row.cell = new FieldCell(spec().row(m_rows.size()), FieldCell::Caption::Hidden, row.frame);
    row.remove = new QToolButton(row.frame);
    row.remove->setText(tr("Remove"));
    line->addWidget(row.cell, 1);
    line->addWidget(row.remove, 0, Qt::AlignTop);
    connect(row.remove, &QToolButton::clicked, this, [this, frame = row.frame] {
        removeRow(frame);
        emit structureChanged();
        noteEdit();
        m_add->setFocus();
    });
    connect(&row.cell->editor(), &FieldEditor::edited, this, [this] { noteEdit(); });
    connect(&row.cell->editor(), &FieldEditor::structureChanged, this,
        [this] { emit structureChanged(); });
    m_column->insertWidget(int(m_rows.size()), row.frame);
    m_rows.append(row);
    renumber();
    row.frame->show();
    return *row.cell;
}

void ArrayEditor::removeRow(const QWidget* frame)
{
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        if (m_rows.at(i).frame != frame)
            continue;
        auto* gone = m_rows.takeAt(i).frame;
        m_column->removeWidget(gone);
        // Found no more by name from now on, though the button that was clicked lives on.
        gone->hide();
        gone->setParent(nullptr);
        gone->deleteLater();
        break;
    }
    renumber();
}

void ArrayEditor::renumber()
{
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const auto& row = m_rows.at(i);
        row.cell->editor().setPlace(childPlace(spec().place, QByteArray::number(i)));
        row.cell->rename();
        row.remove->setAccessibleName(tr("Remove row %1 of %2").arg(i + 1).arg(spec().title));
        row.remove->setObjectName(
            objectNameFor(QLatin1StringView("remove:")) + u'/' + QString::number(i));
    }
}

} // namespace eventloupe
