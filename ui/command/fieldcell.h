#pragma once

#include "ui/command/fieldeditor.h"

class QGroupBox;
class QLabel;

namespace eventloupe {

class PlainLabel;

/// A field as it stands in a form: its label, editor, hint, and the reason why it will not do.
class FieldCell final : public QWidget {
    Q_OBJECT

public:
    /// A row of a list has no label of its own.
    enum class Caption { Shown, Hidden };
    FieldCell(const FieldSpec& spec, Caption caption, QWidget* parent);

    [[nodiscard]] FieldEditor& editor() { return *m_editor; }
    /// The label that is the editor's buddy; nullptr for a check box or a group.
    [[nodiscard]] QLabel* label() { return m_label; }
    /// Shows why the field's value will not do, with a sign and in the theme's colour of errors;
    /// an empty text takes the reason away.
    void setReason(const QString& reason);
    [[nodiscard]] const QString& reason() const { return m_reason; }
    /// As an object's name in the data changed.
    void rename();
    /// Whether a condition asks for it.
    void setRequired(bool required);

protected:
    void changeEvent(QEvent* event) override;

private:
    QLayout* makeFrame(Caption caption);
    PlainLabel* makeSmallLabel();
    void colour();

    FieldEditor* m_editor = nullptr;
    QLabel* m_label = nullptr;
    QGroupBox* m_group = nullptr;
    PlainLabel* m_hint = nullptr;
    PlainLabel* m_reasonLabel = nullptr;
    QString m_reason;
};

} // namespace eventloupe
