#pragma once

#include "ui/command/fieldeditor.h"

class QToolButton;
class QVBoxLayout;

namespace eventloupe {

class MapRow;

/// The members that a schema gives no names, by "additionalProperties" or "patternProperties", as
/// rows of a name and a value.
class MapEditor final : public FieldEditor {
    Q_OBJECT

public:
    MapEditor(const FieldSpec& spec, QWidget* parent);

    /// Absent when it is optional and has no rows. A row without a name is no part of it.
    [[nodiscard]] std::optional<JsonValue> value() const override;
    [[nodiscard]] QString fault() const override;
    [[nodiscard]] bool isGiven() const override { return !m_rows.isEmpty(); }
    void setValue(const JsonValue& value) override;
    void reset() override;
    [[nodiscard]] JsonValue draft() const override;
    void restore(const JsonValue& draft) override;
    void touch() override;
    [[nodiscard]] QWidget* focusTarget() override;
    void visitCells(const std::function<void(FieldCell&)>& visitor) override;
    void collectMissing(QList<FieldEditor*>& missing) override;
    void collectTabWidgets(QList<QWidget*>& widgets) override;
    void setPlace(const JsonPointer& place) override;
    void restoreHidden(const JsonValue& draft) override;

private:
    MapRow& addRow();
    void removeRow(MapRow* row);
    void clear();
    /// From a row on.
    void renumber(qsizetype from = 0);

    QVBoxLayout* m_column;
    QToolButton* m_add;
    QList<MapRow*> m_rows;
};

} // namespace eventloupe
