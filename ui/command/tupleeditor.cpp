#include "ui/command/tupleeditor.h"

#include "ui/command/arrayeditor.h"
#include "ui/command/fieldcell.h"
#include "ui/command/flowgrid.h"

#include <algorithm>

namespace eventloupe {

namespace {

constexpr int columnCharacters = 16;

} // namespace

TupleEditor::TupleEditor(const FieldSpec& spec, QWidget* parent)
    : FieldEditor(spec, parent)
{
    new FlowGrid(columnCharacters, this);
    addElements();
    if (const auto rows = spec.furtherRows()) {
        m_rows = new ArrayEditor(*rows, this);
        m_rows->setProperty("wide", true);
        layout()->addWidget(m_rows);
        connect(m_rows, &FieldEditor::edited, this, [this] { noteEdit(); });
        connect(m_rows, &FieldEditor::structureChanged, this, [this] { emit structureChanged(); });
    }
    if (const auto preset = spec.preset())
        setValue(*preset);
}

void TupleEditor::addElements()
{
    for (qsizetype i = 0; i < spec().keyword("prefixItems")->size(); ++i) {
        auto* cell = new FieldCell(spec().element(i), FieldCell::Caption::Shown, this);
        m_cells.append(cell);
        layout()->addWidget(cell);
        auto& editor = cell->editor();
        connect(&editor, &FieldEditor::edited, this, [this] { noteEdit(); });
        connect(&editor, &FieldEditor::structureChanged, this, [this] { emit structureChanged(); });
    }
}

std::optional<JsonValue> TupleEditor::value() const
{
    if (!spec().required && !isGiven())
        return std::nullopt;
    const auto rows = m_rows != nullptr ? m_rows->value() : std::nullopt;
    auto array = JsonValue::emptyArray();
    qsizetype skipped = 0;
    const auto fill = [&] {
        for (; skipped > 0; --skipped)
            array.append(JsonValue());
    };
    for (auto* cell : m_cells) {
        if (const auto element = cell->editor().value()) {
            fill();
            array.append(*element);
        } else {
            ++skipped;
        }
    }
    if (rows && rows->size() > 0) {
        fill();
        for (const auto& row : rows->elements())
            array.append(row);
    }
    return array;
}

bool TupleEditor::isGiven() const
{
    return spec().preset() || (m_rows != nullptr && m_rows->isGiven())
        || std::any_of(m_cells.begin(), m_cells.end(),
            [](FieldCell* cell) { return cell->editor().isGiven(); });
}

void TupleEditor::setValue(const JsonValue& value)
{
    const auto elements = value.elements();
    for (qsizetype i = 0; i < qMin(m_cells.size(), value.size()); ++i)
        m_cells.at(i)->editor().setValue(elements[size_t(i)]);
    if (m_rows == nullptr)
        return;
    auto rest = JsonValue::emptyArray();
    for (qsizetype i = m_cells.size(); i < value.size(); ++i)
        rest.append(elements[size_t(i)]);
    m_rows->setValue(rest);
}

void TupleEditor::reset()
{
    for (auto* cell : m_cells)
        cell->editor().reset();
    if (m_rows != nullptr)
        m_rows->reset();
    if (const auto preset = spec().preset())
        setValue(*preset);
    setTouched(false);
}

JsonValue TupleEditor::draft() const
{
    auto drafts = JsonValue::emptyArray();
    for (auto* cell : m_cells)
        drafts.append(cell->editor().draft());
    if (m_rows != nullptr)
        drafts.append(m_rows->draft());
    return drafts;
}

void TupleEditor::restore(const JsonValue& draft)
{
    const auto drafts = draft.elements();
    for (qsizetype i = 0; i < qMin(m_cells.size(), draft.size()); ++i)
        m_cells.at(i)->editor().restore(drafts[size_t(i)]);
    if (m_rows != nullptr && draft.size() > m_cells.size())
        m_rows->restore(drafts[size_t(m_cells.size())]);
}

void TupleEditor::restoreHidden(const JsonValue& draft)
{
    const auto drafts = draft.elements();
    for (qsizetype i = 0; i < qMin(m_cells.size(), draft.size()) && draft.isArray(); ++i)
        m_cells.at(i)->editor().restoreHidden(drafts[size_t(i)]);
    if (m_rows != nullptr && draft.isArray() && draft.size() > m_cells.size())
        m_rows->restoreHidden(drafts[size_t(m_cells.size())]);
}

QWidget* TupleEditor::focusTarget()
{
    return m_cells.constFirst()->editor().focusTarget();
}

void TupleEditor::visitCells(const std::function<void(FieldCell&)>& visitor)
{
    for (auto* cell : m_cells) {
        visitor(*cell);
        cell->editor().visitCells(visitor);
    }
    if (m_rows != nullptr)
        m_rows->visitCells(visitor);
}

void TupleEditor::collectMissing(QList<FieldEditor*>& missing)
{
    // An optional one that is left out needs none of its elements.
    if (!value())
        return;
    for (auto* cell : m_cells)
        cell->editor().collectMissing(missing);
    if (m_rows != nullptr)
        m_rows->collectMissing(missing);
}

void TupleEditor::collectTabWidgets(QList<QWidget*>& widgets)
{
    for (auto* cell : m_cells)
        cell->editor().collectTabWidgets(widgets);
    if (m_rows != nullptr)
        m_rows->collectTabWidgets(widgets);
}

void TupleEditor::setPlace(const JsonPointer& place)
{
    FieldEditor::setPlace(place);
    for (qsizetype i = 0; i < m_cells.size(); ++i) {
        m_cells.at(i)->editor().setPlace(childPlace(place, QByteArray::number(i)));
        m_cells.at(i)->rename();
    }
    if (m_rows != nullptr)
        m_rows->setPlace(place);
}

} // namespace eventloupe
