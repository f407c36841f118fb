#pragma once

#include "ui/command/fieldeditor.h"

class QCheckBox;

namespace eventloupe {

/// A check box with the field's title. An optional one without a default has a third state, "not
/// set", so that the member can stay absent.
class BooleanEditor final : public LeafEditor {
    Q_OBJECT

public:
    BooleanEditor(const FieldSpec& spec, QWidget* parent);

    [[nodiscard]] QString text() const override; ///< "true", "false" or "".
    void setText(const QString& text) override;
    [[nodiscard]] QWidget* focusTarget() override;

protected:
    void showRequired() override;
    [[nodiscard]] Result<JsonValue> parse(const QString& text) const override;
    [[nodiscard]] QString initialText() const override;

private:
    QCheckBox* m_box;
};

} // namespace eventloupe
