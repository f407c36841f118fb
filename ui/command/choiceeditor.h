#pragma once

#include "ui/command/fieldeditor.h"

class QComboBox;

namespace eventloupe {

/// One of the values of "enum", "const", or a "oneOf" of titled constants, of any JSON type.
class ChoiceEditor final : public LeafEditor {
    Q_OBJECT

public:
    ChoiceEditor(const FieldSpec& spec, QWidget* parent);

    [[nodiscard]] QString text() const override; ///< The choice as JSON; empty: none.
    void setText(const QString& text) override;
    [[nodiscard]] QWidget* focusTarget() override;

protected:
    void showRequired() override;
    [[nodiscard]] Result<JsonValue> parse(const QString& text) const override;
    [[nodiscard]] QString spell(const JsonValue& value) const override;

private:
    void addChoices();
    void addChoice(const JsonValue& value, const QString& title);

    QComboBox* m_combo;
};

} // namespace eventloupe
