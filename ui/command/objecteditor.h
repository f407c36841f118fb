#pragma once

#include "ui/command/fieldeditor.h"

namespace eventloupe {

class FieldCell;

/// The members of an object, in the schema's order.
class ObjectEditor final : public FieldEditor {
    Q_OBJECT

public:
    ObjectEditor(const FieldSpec& spec, QWidget* parent);

    /// Absent when it is optional and none of its members is given: a default in it makes no
    /// object.
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

private:
    struct Field {
        QByteArray key;
        FieldCell* cell;
    };
    void addField(const QByteArray& key, const JsonValue& schema);

    QList<Field> m_fields;
};

} // namespace eventloupe
