#include "ui/command/fieldcell.h"
#include "ui/command/formjson.h"
#include "ui/command/schemaform.h"

#include <QAction>
#include <QLabel>
#include <QScrollArea>
#include <QTimer>

#include <utility>

// The form's data as JSON text, and the objections of alternatives that are chosen in its fields.

namespace eventloupe {

bool SchemaForm::isJson() const
{
    return m_editAsJson->isChecked();
}

void SchemaForm::showPart(bool isJson)
{
    m_editAsJson->setChecked(isJson);
    m_json->setVisible(isJson);
    m_fields->setVisible(!isJson);
    m_footnote->setVisible(!isJson && m_hasNote);
    if (isJson)
        m_formReason->hide();
}

void SchemaForm::showAsJson()
{
    m_obstacle.clear();
    m_json->setJson(m_root->value().value_or(JsonValue()));
    showPart(true);
    change();
    emit tabOrderChanged();
    m_json->setFocus();
}

void SchemaForm::showAsFields()
{
    m_obstacle.clear();
    const auto value = m_json->value();
    // What was not changed is in the fields as it was typed there.
    if (m_json->isChanged() && !(value && setFields(*value))) {
        if (value && m_obstacle.isEmpty())
            m_obstacle = tr("the fields cannot show this to the letter, so it stays as JSON");
        m_editAsJson->setChecked(true);
        validateJson();
        m_json->focusFault();
        return;
    }
    showPart(false);
    change();
    emit tabOrderChanged();
    focusFirst();
}

bool SchemaForm::setFields(const JsonValue& value)
{
    const auto before = m_root->draft();
    m_root->reset();
    auto& rowsLeft = *m_root->spec().context.rowsLeft;
    rowsLeft = mostRows;
    m_root->setValue(value);
    const bool hasFewRows = std::exchange(rowsLeft, std::nullopt) >= 0;
    QList<FieldCell*> cells;
    visitCells([&cells](FieldCell& cell) { cells.append(&cell); });
    for (auto* cell : cells) {
        auto* leaf = qobject_cast<LeafEditor*>(&cell->editor());
        if (leaf != nullptr && leaf->spec().place.resolve(value) == nullptr)
            leaf->setText({});
    }
    // Fields may come or go by what is empty now.
    settle();
    visitCells([](FieldCell& cell) { cell.editor().touch(); });
    m_root->touch();
    const auto taken = m_root->value();
    if (taken && *taken == value) {
        m_root->restoreHidden(before);
        return true;
    }
    if (!hasFewRows)
        m_obstacle = tr("it has more than %1 rows, too many for fields, so it stays as JSON")
                         .arg(mostRows);
    for (const auto& member : value.members()) {
        const auto* there = taken ? taken->find(member.key.toStdString()) : nullptr;
        if (m_obstacle.isEmpty() && (there == nullptr || !(*there == member.value))) {
            m_obstacle = tr("the fields cannot show \"%1\" to the letter, so it stays as JSON")
                             .arg(QString::fromUtf8(member.key.left(100)));
        }
    }
    m_root->reset();
    m_root->restore(before);
    return false;
}

void SchemaForm::validateJson()
{
    const auto value = m_json->value();
    QList<SchemaViolation> violations;
    if (value) {
        m_data = *value;
        violations = m_schema.validate(m_data);
    }
    m_valid = value && violations.isEmpty();
    m_json->showReasons(violations, m_obstacle);
}

void SchemaForm::scrollTo(QWidget* widget)
{
    // Reasons that have just been shown move what is below them.
    QTimer::singleShot(0, widget, [this, widget] {
        for (auto* parent = parentWidget(); parent != nullptr; parent = parent->parentWidget()) {
            if (auto* area = qobject_cast<QScrollArea*>(parent)) {
                area->ensureWidgetVisible(widget);
                return;
            }
        }
    });
}

QList<SchemaViolation> SchemaForm::atChosen(const QList<SchemaViolation>& violations)
{
    QHash<QByteArray, QList<int>> chosen;
    visitCells([&chosen](FieldCell& cell) {
        const auto indexes = cell.editor().chosen();
        if (!indexes.isEmpty())
            chosen.insert(cell.editor().spec().place.toText(), indexes);
    });
    if (m_rootCell == nullptr)
        chosen.insert({}, m_root->chosen());
    QList<SchemaViolation> all;
    QList<SchemaViolation> open = violations;
    while (!open.isEmpty()) {
        const auto violation = open.takeFirst();
        auto& indexes = chosen[violation.place.toText()];
        const bool known = !violation.alternatives.isEmpty() && !indexes.isEmpty()
            && indexes.first() >= 0 && indexes.first() < violation.alternatives.size();
        if (known)
            open = violation.alternatives.at(indexes.takeFirst()) + open;
        else
            all.append(violation);
    }
    return all;
}

} // namespace eventloupe
