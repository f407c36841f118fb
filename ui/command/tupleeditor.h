#pragma once

#include "ui/command/fieldeditor.h"

namespace eventloupe {

class ArrayEditor;

/// An array whose elements have schemas by their place ("prefixItems"): a field for each, and rows
/// for those that may follow.
class TupleEditor final : public FieldEditor {
    Q_OBJECT

public:
    TupleEditor(const FieldSpec& spec, QWidget* parent);

    /// Absent when it is optional and nothing is given. An empty field before a given one is null.
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

private:
    void addElements();

    QList<FieldCell*> m_cells;
    ArrayEditor* m_rows = nullptr;
};

} // namespace eventloupe
