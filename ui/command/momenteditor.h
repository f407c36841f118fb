#pragma once

#include "ui/command/fieldeditor.h"

class QLineEdit;
class QMenu;
class QToolButton;

namespace eventloupe {

/// A date, a time, or a date and time in RFC 3339. What is typed in RFC 3339 is kept to the letter,
/// offset and digits included; "2026-03-01 14:03" is taken as local time. A button puts the present
/// there, a menu has a calendar.
class MomentEditor final : public LeafEditor {
    Q_OBJECT

public:
    MomentEditor(const FieldSpec& spec, QWidget* parent);

    [[nodiscard]] QString text() const override;
    void setText(const QString& text) override;
    [[nodiscard]] QWidget* focusTarget() override;
    void setPlace(const JsonPointer& place) override;

protected:
    [[nodiscard]] Result<JsonValue> parse(const QString& text) const override;

private:
    [[nodiscard]] bool isDateOnly() const;
    [[nodiscard]] bool isTimeOnly() const;
    [[nodiscard]] QString placeholder() const;
    [[nodiscard]] QString present() const;
    QToolButton* makeNowButton();
    QWidget* makeMenuButton();
    void fillMenu(QMenu* menu);
    void take(const QString& text);

    QLineEdit* m_line;
    QToolButton* m_now = nullptr;
};

} // namespace eventloupe
