#pragma once

#include "schema/schema.h"
#include "ui/command/fieldspec.h"

#include <QHash>
#include <QWidget>

class QAction;
class QLabel;
class QVBoxLayout;

namespace eventloupe {

class FieldCell;
class FieldEditor;
class FormJson;
class LeafEditor;

/// A form made from a JSON Schema: an editor that fits each member, the value as JSON to the
/// letter, and the schema's objections at the fields while one types. Editors are named
/// "field:" + JSON Pointer, their reasons "reason:" + JSON Pointer. The same data can be edited as
/// JSON text, to and fro. Ctrl+Shift+Up and Down move the row of a list that has the keyboard,
/// Ctrl+Shift+Delete removes it. GUI thread.
class SchemaForm final : public QWidget {
    Q_OBJECT

public:
    explicit SchemaForm(QWidget* parent = nullptr);

    /// Another form. `named`: JSON Pointers of uuid fields that name something that exists, which
    /// get no new UUID; where it has to exist, none is offered either.
    void setSchema(
        const Schema& schema, const QSet<QByteArray>& named = {}, bool areNamedThere = false);

    /// The data as the fields say; absent members are left out.
    [[nodiscard]] const JsonValue& data() const { return m_data; }
    /// Whether the schema accepts the data and every text is a value of its field's type.
    [[nodiscard]] bool isValid() const { return m_valid; }
    /// Shows the reasons at fields that nobody touched yet, and goes to the first.
    void showAllReasons();
    /// Shows objections that came from elsewhere until the next edit.
    void showViolations(const QList<SchemaViolation>& violations);
    /// The field at a JSON Pointer, or nullptr.
    [[nodiscard]] FieldEditor* editorAt(const QByteArray& place);
    void focusFirst();
    /// The first field that is left to a person, else the first that is no UUID.
    void focusFirstEmpty();
    /// "Edit as JSON", checked while the text is shown. A text that is not JSON, or that the fields
    /// cannot show to the letter, stays and says why.
    [[nodiscard]] QAction* editAsJson() const { return m_editAsJson; }
    /// What takes the keyboard, in reading order; rows that came later stand in their place.
    [[nodiscard]] QList<QWidget*> tabWidgets();

    /// What was typed, valid or not; restore() takes it back, also with another schema.
    [[nodiscard]] JsonValue draft() const;
    void restore(const JsonValue& draft);
    /// Every field as at first: defaults, new UUIDs, else empty.
    void reset();
    /// Whether a person typed or chose something since it was made or reset().
    [[nodiscard]] bool isTouched();
    /// Fills a field that nobody typed into.
    void prefill(const JsonPointer& place, const QString& text);
    /// Takes what a field shows for a person's own: no prefill() changes it any more.
    void keep(const JsonPointer& place);
    /// Fills a field whatever was there, as a person's own.
    void fill(const JsonPointer& place, const QString& text);

signals:
    /// By a person or by the program; data() and isValid() are up to date.
    void dataChanged();
    void tabOrderChanged();

private:
    void build(const QSet<QByteArray>& named, bool areNamedThere);
    [[nodiscard]] LeafEditor* leafAt(const JsonPointer& place);
    void resetRoot();
    void visitCells(const std::function<void(FieldCell&)>& visitor);
    void addRowKeys();
    void showAsJson();
    void showAsFields();
    /// False, and nothing changed, when the fields cannot hold just that value.
    bool setFields(const JsonValue& value);
    void showPart(bool isJson);
    [[nodiscard]] bool isJson() const;
    void validate();
    void validateJson();
    void scrollTo(QWidget* widget);
    [[nodiscard]] QList<SchemaViolation> atChosen(const QList<SchemaViolation>& violations);
    void settle();
    void change();
    void collectFaults(QHash<QByteArray, QString>& reasons);
    void placeReasons(
        const QList<SchemaViolation>& violations, QHash<QByteArray, QString>& reasons);
    void showReasons(const QHash<QByteArray, QString>& reasons);
    void assignMnemonics();

    Schema m_schema;
    JsonValue m_data = JsonValue::emptyObject();
    QVBoxLayout* m_column;
    QWidget* m_fields = nullptr;
    FieldEditor* m_root = nullptr;
    FieldCell* m_rootCell = nullptr; ///< When the data is no object with known members.
    FormJson* m_json;
    QAction* m_editAsJson;
    QString m_obstacle; ///< Why the fields did not take the text.
    QLabel* m_formReason;
    QLabel* m_footnote;
    bool m_hasNote = false;
    bool m_valid = false;
    bool m_showAll = false;
};

} // namespace eventloupe
