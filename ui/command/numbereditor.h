#pragma once

#include "ui/command/fieldeditor.h"

class QLineEdit;

namespace eventloupe {

/// A number as JSON spells it, kept as typed: no digit is rounded or dropped. Up and Down count
/// whole numbers.
class NumberEditor final : public LeafEditor {
    Q_OBJECT

public:
    NumberEditor(const FieldSpec& spec, QWidget* parent);

    [[nodiscard]] QString text() const override;
    void setText(const QString& text) override;
    [[nodiscard]] QWidget* focusTarget() override;

protected:
    [[nodiscard]] Result<JsonValue> parse(const QString& text) const override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void step(int by);

    QLineEdit* m_line;
};

} // namespace eventloupe
