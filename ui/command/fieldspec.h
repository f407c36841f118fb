#pragma once

#include "schema/schema.h"
#include "value/jsonpointer.h"
#include "value/jsonvalue.h"

#include <QSet>
#include <QString>

#include <memory>
#include <optional>

namespace eventloupe {

/// The editors that a form knows; what fits none of them is edited as JSON text.
enum class EditorKind {
    Text,
    LongText,
    Uuid,
    Number,
    Boolean,
    Choice,
    Moment,
    Object,
    Array,
    Tuple, ///< An array of fields by place, and rows for what may follow.
    Map, ///< Rows of a name and a value.
    Alternatives,
    Json
};

/// What a form needs to know of a whole schema.
struct FormContext {
    Schema schema; ///< The whole, for "$ref".
    /// JSON Pointers of uuid fields that name something that exists; they are not preset.
    QSet<QByteArray> named;
    bool areNamedThere = false; ///< What they name has to exist, so that no new one fits.
    /// How many fields more the form makes by itself; groups after that come when they are asked
    /// for. Shared by all fields.
    std::shared_ptr<int> fieldsLeft = std::make_shared<int>(300);
    /// How many rows more a value may make; nothing: any number. Shared by all fields.
    std::shared_ptr<std::optional<qsizetype>> rowsLeft
        = std::make_shared<std::optional<qsizetype>>();

    /// False when a value has more rows than may still be made: then none are, and rowsLeft is
    /// below 0.
    [[nodiscard]] bool takeRows(qsizetype count) const;
};

/// So many rows of a value are shown; one with more is edited as JSON text.
constexpr qsizetype mostRows = 300;

class PatternSchemas;

/// One field of a form, as its part of a JSON Schema describes it.
struct FieldSpec {
    FormContext context;
    JsonPointer place; ///< In the data.
    JsonValue schema; ///< "$ref" and "allOf" resolved.
    EditorKind kind = EditorKind::Json;
    QString title; ///< The schema's, else the member's name made readable.
    QString description; ///< Empty when there is none.
    bool required = false;
    bool nullable = false; ///< null is a value of its type.
    bool readOnly = false; ///< Shown, and not to be changed here.
    /// A group that is made when it is asked for: it holds itself, is deep down, or the form is
    /// large already.
    bool onDemand = false;
    /// A constant that the choice of an alternative says already.
    bool isHidden = false;
    /// How many elements of the array stand before its first row.
    qsizetype firstRow = 0;
    QList<JsonValue> options; ///< Of Choice and Alternatives, "$ref" resolved.
    /// The alternative that "or null" left over, in its "anyOf"; -1: there was no such choice.
    int onlyOption = -1;

    /// The field at a place for a part of the context's schema. `references` are those that led
    /// there since somebody asked for a field.
    static FieldSpec make(const FormContext& context, const JsonPointer& place,
        const JsonValue& schema, bool required, const QString& fallbackTitle = {},
        const QList<QByteArray>& references = {});
    /// The field of a member of this object.
    [[nodiscard]] FieldSpec member(const QByteArray& key, const JsonValue& memberSchema) const;
    /// The field of a row of this array; a row is always required.
    [[nodiscard]] FieldSpec row(qsizetype index) const;
    /// The field of an element of "prefixItems".
    [[nodiscard]] FieldSpec element(qsizetype index) const;
    /// The rows that may follow the elements of "prefixItems", JSON text where the schema says
    /// nothing of them; nothing when none may.
    [[nodiscard]] std::optional<FieldSpec> furtherRows() const;
    /// Whether members that "properties" does not name have a schema.
    [[nodiscard]] bool takesEntries() const;
    /// The rows of those members beside the fields of this object.
    [[nodiscard]] FieldSpec entries() const;
    /// The field for the value of such a member.
    [[nodiscard]] FieldSpec entry(const QByteArray& name) const;
    /// The references that led here.
    [[nodiscard]] const QList<QByteArray>& references() const { return m_references; }
    /// The field for one of its alternatives.
    [[nodiscard]] FieldSpec alternative(qsizetype index) const;
    /// As a condition asks; whether it is read-only follows.
    void setRequired(bool isRequired);
    /// The same field, to be made now.
    [[nodiscard]] FieldSpec demanded() const;

    [[nodiscard]] const JsonValue* keyword(std::string_view name) const;
    [[nodiscard]] QString format() const;
    /// What the field shows at first: "default", or the only choice there is.
    [[nodiscard]] std::optional<JsonValue> preset() const;
    /// An example to show in an empty field, as text; may be empty.
    [[nodiscard]] QString example() const;

private:
    void takeOptions();
    void takeKind();

    std::shared_ptr<PatternSchemas> m_patterns; ///< Of "patternProperties"; may be null.
    QByteArray m_optionsKeyword; ///< "oneOf" or "anyOf".
    QList<QByteArray> m_references;
    bool m_isRecursive = false;
    bool m_isAlternative = false;
};

/// "userId" and "user_id" as "User id".
[[nodiscard]] QString readableName(const QString& name);

/// A place that is one token longer.
[[nodiscard]] JsonPointer childPlace(const JsonPointer& place, const QByteArray& token);

} // namespace eventloupe
