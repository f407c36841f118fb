#pragma once

#include "ui/command/fieldeditor.h"

class QComboBox;
class QVBoxLayout;

namespace eventloupe {

/// A choice among the alternatives of "oneOf" or "anyOf", and the fields of the chosen one. What
/// was typed for an alternative is kept while another is shown.
class AlternativesEditor final : public FieldEditor {
    Q_OBJECT

public:
    AlternativesEditor(const FieldSpec& spec, QWidget* parent);

    [[nodiscard]] std::optional<JsonValue> value() const override;
    [[nodiscard]] QString fault() const override;
    /// Shows it by the alternative that it looks like.
    void setValue(const JsonValue& value) override;
    void reset() override;
    [[nodiscard]] JsonValue draft() const override;
    void restore(const JsonValue& draft) override;
    void touch() override;
    [[nodiscard]] QWidget* focusTarget() override;
    void visitCells(const std::function<void(FieldCell&)>& visitor) override;
    void collectMissing(QList<FieldEditor*>& missing) override;
    void collectTabWidgets(QList<QWidget*>& widgets) override;
    [[nodiscard]] QList<int> chosen() const override;
    void setPlace(const JsonPointer& place) override;
    void settle() override;
    void restoreHidden(const JsonValue& draft) override;

protected:
    void requiredChanged() override;

private:
    [[nodiscard]] QString openCaption() const;
    void restorePart(int index, const JsonValue& draft);
    void addChoices();
    void choose(int index);
    FieldEditor* make(int index);
    [[nodiscard]] int current() const;
    [[nodiscard]] FieldEditor* shown() const;
    [[nodiscard]] JsonValue sharedPart(const JsonValue& draft) const;

    QVBoxLayout* m_column;
    QComboBox* m_combo;
    QList<FieldEditor*> m_editors; ///< By alternative; null until it is chosen.
    int m_shown = -1;
};

} // namespace eventloupe
