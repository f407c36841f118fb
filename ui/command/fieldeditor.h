#pragma once

#include "ui/command/fieldspec.h"
#include "value/result.h"

#include <QWidget>

#include <functional>
#include <optional>

namespace eventloupe {

class FieldCell;

/// Edits one field of a form. GUI thread.
class FieldEditor : public QWidget {
    Q_OBJECT

public:
    FieldEditor(FieldSpec spec, QWidget* parent);

    [[nodiscard]] const FieldSpec& spec() const { return m_spec; }
    /// What the field holds; nothing when the member is to be absent.
    [[nodiscard]] virtual std::optional<JsonValue> value() const = 0;
    /// Why what was typed is no value of the field's type; empty when it is one.
    [[nodiscard]] virtual QString fault() const { return {}; }
    /// Shows a value, as the schema's default does.
    virtual void setValue(const JsonValue& value) = 0;
    /// As at first: the default, a new UUID where one is needed, else empty; untouched.
    virtual void reset() = 0;

    /// What a person typed, valid or not, to be given back to restore(); null for no more than
    /// what the form itself put there.
    [[nodiscard]] virtual JsonValue draft() const = 0;
    virtual void restore(const JsonValue& draft) = 0;
    /// Takes back what a draft has for fields that are not shown now, and leaves those that are.
    virtual void restoreHidden(const JsonValue&) { }

    /// Whether a person has changed it since reset().
    [[nodiscard]] bool isTouched() const { return m_touched; }
    /// Whether it holds more than what the schema put there.
    [[nodiscard]] virtual bool isGiven() const { return value().has_value(); }
    /// Takes what it shows for a person's own, so that draft() has it.
    virtual void touch() { m_touched = true; }
    /// The widget that has the keyboard.
    [[nodiscard]] virtual QWidget* focusTarget() = 0;
    /// The fields inside this one, outermost first, in the order of the form.
    virtual void visitCells(const std::function<void(FieldCell&)>& visitor);
    /// Appends this or the fields inside it that are required and empty.
    virtual void collectMissing(QList<FieldEditor*>& missing);
    /// Appends what takes the keyboard, in reading order.
    virtual void collectTabWidgets(QList<QWidget*>& widgets);
    /// Which alternatives of "oneOf" or "anyOf" it shows at its own place, outermost first; -1
    /// where none is chosen.
    [[nodiscard]] virtual QList<int> chosen() const;
    /// Another place in the data, when rows above were removed.
    virtual void setPlace(const JsonPointer& place);
    /// Shows the fields that its values ask for now, and no others.
    virtual void settle() { }
    /// As a condition asks: a field that nobody touched shows what it would have shown at first.
    void setRequired(bool required);

signals:
    /// By a person.
    void edited();
    /// Fields inside came or went.
    void structureChanged();

protected:
    /// After spec().required has changed.
    virtual void requiredChanged() { }
    void noteEdit();
    void setTouched(bool touched) { m_touched = touched; }
    /// "field:/name"
    [[nodiscard]] QString objectNameFor(QLatin1StringView prefix) const;

private:
    FieldSpec m_spec;
    bool m_touched = false;
};

/// A field whose content is one text that people type or pick.
class LeafEditor : public FieldEditor {
    Q_OBJECT

public:
    using FieldEditor::FieldEditor;

    [[nodiscard]] std::optional<JsonValue> value() const override;
    [[nodiscard]] QString fault() const override;
    [[nodiscard]] bool isGiven() const override;
    void setValue(const JsonValue& value) override;
    void reset() override;
    [[nodiscard]] JsonValue draft() const override;
    void restore(const JsonValue& draft) override;
    void collectMissing(QList<FieldEditor*>& missing) override;
    void setPlace(const JsonPointer& place) override;

    [[nodiscard]] virtual QString text() const = 0;
    /// Without edited().
    virtual void setText(const QString& text) = 0;

protected:
    void requiredChanged() override;
    /// Whether neither a person nor the form has put another text there since reset().
    [[nodiscard]] bool isAsAtFirst() const { return !isTouched() && text() == m_initial; }
    /// How the control says that it is needed, or may be left out; before it is filled anew.
    virtual void showRequired() { }
    /// A text that is not empty as a value; an error's message becomes the fault.
    [[nodiscard]] virtual Result<JsonValue> parse(const QString& text) const = 0;
    /// A value as the text that parse() gives it back from.
    [[nodiscard]] virtual QString spell(const JsonValue& value) const;
    /// What the field holds at first when there is no default.
    [[nodiscard]] virtual QString initialText() const { return {}; }
    /// Names the parts for tests, screen readers and focus; at the end of each constructor.
    void adopt(QWidget* target);

private:
    QString m_initial; ///< The text since reset().
};

/// What a row's field holds and what was typed there: rows come, go and move, so that a draft alone
/// does not say which of the form's own values are in it.
[[nodiscard]] JsonValue rowDraft(const FieldEditor& editor);
void restoreRow(FieldEditor& editor, const JsonValue& draft);
void restoreHiddenRow(FieldEditor& editor, const JsonValue& draft);

/// The editor that fits the field.
[[nodiscard]] FieldEditor* makeFieldEditor(const FieldSpec& spec, QWidget* parent);

} // namespace eventloupe
