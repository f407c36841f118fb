#pragma once

#include "ui/command/fieldeditor.h"

class QToolButton;
class QVBoxLayout;

namespace eventloupe {

class ArrayRow;

/// The elements of an array as rows that can be added, moved and removed.
class ArrayEditor final : public FieldEditor {
    Q_OBJECT

public:
    ArrayEditor(const FieldSpec& spec, QWidget* parent);

    /// Absent when it is optional and has no rows.
    [[nodiscard]] std::optional<JsonValue> value() const override;
    [[nodiscard]] bool isGiven() const override;
    void setValue(const JsonValue& value) override;
    void reset() override;
    [[nodiscard]] JsonValue draft() const override;
    void restore(const JsonValue& draft) override;
    [[nodiscard]] QWidget* focusTarget() override;
    void visitCells(const std::function<void(FieldCell&)>& visitor) override;
    void collectMissing(QList<FieldEditor*>& missing) override;
    void collectTabWidgets(QList<QWidget*>& widgets) override;
    void setPlace(const JsonPointer& place) override;
    void restoreHidden(const JsonValue& draft) override;

protected:
    void requiredChanged() override;

private:
    [[nodiscard]] bool hasGivenRow() const;
    void setRowCount(qsizetype count);
    ArrayRow& addRow();
    void removeRow(ArrayRow* row);
    void moveRow(ArrayRow* row, int by);
    /// From a row on.
    void renumber(qsizetype from = 0);
    [[nodiscard]] qsizetype firstRowCount() const;

    QVBoxLayout* m_column;
    QToolButton* m_add;
    QList<ArrayRow*> m_rows;
};

} // namespace eventloupe
