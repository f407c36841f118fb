#include "ui/command/arrayeditor.h"

#include "ui/command/arrayrow.h"
#include "ui/command/fieldcell.h"

#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

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
    m_column->setSpacing(10);
    m_add->setText(tr("Add a row"));
    m_add->setAccessibleName(tr("Add a row to %1").arg(spec.title));
    m_column->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_add, &QToolButton::clicked, this, [this] {
        auto& row = addRow();
        emit structureChanged();
        noteEdit();
        if (auto* target = row.cell().editor().focusTarget())
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
    for (auto* row : m_rows)
        array.append(row->cell().editor().value().value_or(JsonValue()));
    return array;
}

bool ArrayEditor::isGiven() const
{
    return m_rows.size() > firstRowCount() || hasGivenRow();
}

bool ArrayEditor::hasGivenRow() const
{
    return std::any_of(m_rows.begin(), m_rows.end(),
        [](const ArrayRow* row) { return row->cell().editor().isGiven(); });
}

void ArrayEditor::requiredChanged()
{
    if (!isTouched() && !hasGivenRow() && !spec().preset())
        setRowCount(firstRowCount());
}

void ArrayEditor::setValue(const JsonValue& value)
{
    if (!spec().context.takeRows(value.size())) {
        setRowCount(0);
        return;
    }
    setRowCount(value.size());
    for (qsizetype i = 0; i < m_rows.size(); ++i)
        m_rows.at(i)->cell().editor().setValue(value.elements()[size_t(i)]);
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
    for (auto* row : m_rows)
        array.append(rowDraft(row->cell().editor()));
    return array;
}

void ArrayEditor::restore(const JsonValue& draft)
{
    if (!draft.isArray())
        return;
    // Those that the form made may have gone or moved.
    setRowCount(0);
    setRowCount(draft.size());
    for (qsizetype i = 0; i < m_rows.size(); ++i)
        restoreRow(m_rows.at(i)->cell().editor(), draft.elements()[size_t(i)]);
    // A person's own rows, also those that say nothing yet.
    setTouched(isTouched() || !m_rows.isEmpty());
}

void ArrayEditor::restoreHidden(const JsonValue& draft)
{
    for (qsizetype i = 0; i < qMin(m_rows.size(), draft.size()) && draft.isArray(); ++i)
        restoreHiddenRow(m_rows.at(i)->cell().editor(), draft.elements()[size_t(i)]);
}

QWidget* ArrayEditor::focusTarget()
{
    return m_add;
}

void ArrayEditor::visitCells(const std::function<void(FieldCell&)>& visitor)
{
    for (auto* row : m_rows) {
        visitor(row->cell());
        row->cell().editor().visitCells(visitor);
    }
}

void ArrayEditor::collectMissing(QList<FieldEditor*>& missing)
{
    for (auto* row : m_rows)
        row->cell().editor().collectMissing(missing);
}

void ArrayEditor::collectTabWidgets(QList<QWidget*>& widgets)
{
    for (const auto* row : m_rows)
        row->collectTabWidgets(widgets);
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
        removeRow(m_rows.constLast());
    while (m_rows.size() < count)
        addRow();
    emit structureChanged();
}

ArrayRow& ArrayEditor::addRow()
{
    auto* row = new ArrayRow(spec().row(m_rows.size()), this);
    connect(row, &ArrayRow::removeAsked, this, [this, row] {
        removeRow(row);
        emit structureChanged();
        noteEdit();
        m_add->setFocus();
    });
    connect(row, &ArrayRow::moveAsked, this, [this, row](int by) { moveRow(row, by); });
    auto& editor = row->cell().editor();
    connect(&editor, &FieldEditor::edited, this, [this] { noteEdit(); });
    connect(&editor, &FieldEditor::structureChanged, this, [this] { emit structureChanged(); });
    m_column->insertWidget(int(m_rows.size()), row);
    m_rows.append(row);
    renumber(m_rows.size() - 2);
    row->show();
    return *row;
}

void ArrayEditor::removeRow(ArrayRow* row)
{
    const auto index = m_rows.indexOf(row);
    m_rows.removeAt(index);
    m_column->removeWidget(row);
    // Found no more by name from now on, though the button that was clicked lives on.
    row->hide();
    row->setParent(nullptr);
    row->deleteLater();
    renumber(index - 1);
}

void ArrayEditor::moveRow(ArrayRow* row, int by)
{
    const auto from = m_rows.indexOf(row);
    const auto to = from + by;
    if (to < 0 || to >= m_rows.size())
        return;
    auto* focused = row->focusWidget();
    m_rows.move(from, to);
    m_column->removeWidget(row);
    m_column->insertWidget(int(to), row);
    renumber();
    emit structureChanged();
    noteEdit();
    // A button at the end of the list is disabled now, and the keyboard stays in the row.
    if (focused != nullptr && focused->isEnabled())
        focused->setFocus();
    else if (auto* target = row->cell().editor().focusTarget())
        target->setFocus();
}

void ArrayEditor::renumber(qsizetype from)
{
    for (qsizetype i = qMax(qsizetype(0), from); i < m_rows.size(); ++i)
        m_rows.at(i)->setPosition(spec(), i, m_rows.size());
}

} // namespace eventloupe
