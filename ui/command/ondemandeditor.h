#pragma once

#include "ui/command/fieldeditor.h"

class QToolButton;
class QVBoxLayout;

namespace eventloupe {

/// A group that is made when someone asks for it: of a schema that holds itself, for one. Absent
/// until then, and when it is taken away again.
class OnDemandEditor final : public FieldEditor {
    Q_OBJECT

public:
    OnDemandEditor(const FieldSpec& spec, QWidget* parent);

    [[nodiscard]] std::optional<JsonValue> value() const override;
    [[nodiscard]] QString fault() const override;
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
    void settle() override;
    void restoreHidden(const JsonValue& draft) override;

private:
    void open();
    void close();
    void toggle();

    QVBoxLayout* m_column;
    QToolButton* m_button;
    FieldEditor* m_inner = nullptr;
};

} // namespace eventloupe
