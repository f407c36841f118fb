#pragma once

#include "value/jsonpointer.h"
#include "value/jsonvalue.h"

#include <QSet>
#include <QString>

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
    Json
};

/// What a form needs to know of a whole schema.
struct FormContext {
    JsonValue document; ///< The whole schema, for "$ref".
    /// JSON Pointers of uuid fields that name something that exists; they are not preset.
    QSet<QByteArray> named;
};

/// One field of a form, as its part of a JSON Schema describes it.
struct FieldSpec {
    FormContext context;
    JsonPointer place; ///< In the data.
    JsonValue schema; ///< "$ref" resolved.
    EditorKind kind = EditorKind::Json;
    QString title; ///< The schema's, else the member's name made readable.
    QString description; ///< Empty when there is none.
    bool required = false;
    bool nullable = false; ///< null is a value of its type.

    /// The field at a place for a part of the context's document.
    static FieldSpec make(const FormContext& context, const JsonPointer& place,
        const JsonValue& schema, bool required, const QString& fallbackTitle = {});
    /// The field of a member of this object.
    [[nodiscard]] FieldSpec member(const QByteArray& key, const JsonValue& memberSchema) const;
    /// The field of a row of this array; a row is always required.
    [[nodiscard]] FieldSpec row(qsizetype index) const;

    [[nodiscard]] const JsonValue* keyword(std::string_view name) const;
    [[nodiscard]] QString format() const;
    /// What the field shows at first: "default", or the only choice there is.
    [[nodiscard]] std::optional<JsonValue> preset() const;
    /// An example to show in an empty field, as text; may be empty.
    [[nodiscard]] QString example() const;
};

/// "userId" and "user_id" as "User id".
[[nodiscard]] QString readableName(const QString& name);

/// A place that is one token longer.
[[nodiscard]] JsonPointer childPlace(const JsonPointer& place, const QByteArray& token);

} // namespace eventloupe
