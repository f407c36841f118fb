#pragma once

#include "ui/command/fieldeditor.h"
#include "ui/command/formconditions.h"

namespace eventloupe {

class FieldCell;
class MapEditor;

/// The members of an object, in the schema's order; those that a condition asks for while it holds.
/// What was typed into a field that went is kept, and is no part of the value. Members that the
/// schema does not name are rows below, where it has a schema for them.
class ObjectEditor final : public FieldEditor {
    Q_OBJECT

public:
    ObjectEditor(const FieldSpec& spec, QWidget* parent);

    /// Absent when it is optional and none of its members is given: a default in it makes no
    /// object.
    [[nodiscard]] std::optional<JsonValue> value() const override;
    [[nodiscard]] bool isGiven() const override;
    [[nodiscard]] QString fault() const override;
    void setValue(const JsonValue& value) override;
    void reset() override;
    [[nodiscard]] JsonValue draft() const override;
    void restore(const JsonValue& draft) override;
    void restoreHidden(const JsonValue& draft) override;
    /// The draft of an object, or what one is to take back, with some of its fields alone.
    [[nodiscard]] static JsonValue partOfDraft(
        const JsonValue& draft, const std::function<bool(const QByteArray& key)>& isMeant);
    [[nodiscard]] QWidget* focusTarget() override;
    void visitCells(const std::function<void(FieldCell&)>& visitor) override;
    void collectMissing(QList<FieldEditor*>& missing) override;
    void collectTabWidgets(QList<QWidget*>& widgets) override;
    void setPlace(const JsonPointer& place) override;
    void settle() override;
    void touch() override;

private:
    struct Field {
        QByteArray key;
        JsonValue schema;
        FieldCell* cell;
    };
    void showFields(const JsonValue& schema);
    /// The first of a name, of a schema where one is given.
    static std::optional<Field> takeOf(
        QList<Field>& fields, const QByteArray& key, const JsonValue* schema);
    Field takeField(
        QList<Field>& before, const JsonValue::Member& property, const FieldSpec& object);
    Field takeHiddenField(const JsonValue::Member& property, const FieldSpec& object);
    /// Whether it is another field than the schema asks for now, and may be exchanged.
    [[nodiscard]] bool isOutdated(const Field& field, const JsonValue& schema) const;
    [[nodiscard]] bool hasOutdatedField() const;
    Field makeField(const JsonValue::Member& property, const FieldSpec& object);
    void arrange();
    void addEntries();
    [[nodiscard]] JsonValue fieldValues() const;
    [[nodiscard]] QList<JsonValue> hiddenDrafts(const QByteArray& key) const;
    void keepHidden(const JsonValue& draft);

    QList<Field> m_fields; ///< That are shown.
    QList<Field> m_hidden; ///< Which no condition asks for now.
    /// Drafts of fields that another form had, oldest first; older than those of hidden fields.
    QHash<QByteArray, QList<JsonValue>> m_waiting;
    FormConditions m_conditions;
    JsonValue m_shown; ///< The schema of the fields that are shown.
    MapEditor* m_entries = nullptr;
};

} // namespace eventloupe
