#pragma once

#include "ui/command/fieldeditor.h"

class QPlainTextEdit;

namespace eventloupe {

/// Several lines: a long text, or JSON for what no other editor fits.
class LongTextEditor final : public LeafEditor {
    Q_OBJECT

public:
    LongTextEditor(const FieldSpec& spec, QWidget* parent);

    [[nodiscard]] QString text() const override;
    void setText(const QString& text) override;
    [[nodiscard]] QWidget* focusTarget() override;

protected:
    [[nodiscard]] Result<JsonValue> parse(const QString& text) const override;
    [[nodiscard]] QString spell(const JsonValue& value) const override;

private:
    QPlainTextEdit* m_edit;
};

} // namespace eventloupe
