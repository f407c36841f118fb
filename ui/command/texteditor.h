#pragma once

#include "ui/command/fieldeditor.h"

class QLineEdit;

namespace eventloupe {

/// One line of text; for a UUID with a button that makes one.
class TextEditor final : public LeafEditor {
    Q_OBJECT

public:
    TextEditor(const FieldSpec& spec, QWidget* parent);

    [[nodiscard]] QString text() const override;
    void setText(const QString& text) override;
    [[nodiscard]] QWidget* focusTarget() override;
    void setPlace(const JsonPointer& place) override;

protected:
    [[nodiscard]] Result<JsonValue> parse(const QString& text) const override;
    [[nodiscard]] QString initialText() const override;

private:
    QWidget* makeGenerateButton();

    QLineEdit* m_line;
    QWidget* m_generate = nullptr;
};

} // namespace eventloupe
