#pragma once

#include "schema/schema.h"

#include <QList>

namespace eventloupe {

/// A part of a schema as a form reads it: references followed, `allOf` put together.
struct FlatSchema {
    JsonValue schema;
    QList<QByteArray> references; ///< That were followed, those before it included.
    bool isRecursive = false; ///< A reference was followed before.
};

/// `whole` is the schema that the part belongs to.
[[nodiscard]] FlatSchema flattened(
    const Schema& whole, const JsonValue& part, const QList<QByteArray>& references);

/// Both schemas as one: the members of objects and what is required are put together; of other
/// keywords the second's hold.
[[nodiscard]] JsonValue mergedSchemas(const JsonValue& base, const JsonValue& over);

/// The alternatives of `oneOf` or `anyOf` among which a form lets people choose.
struct FormOptions {
    QByteArray keyword; ///< Empty: there are none.
    QList<JsonValue> options; ///< Flattened.
    bool isRecursive = false; ///< One of them was followed to before.
    /// Each is one value, as in an "enum" with titles.
    [[nodiscard]] bool areConstants() const;
};

/// Empty where the alternatives only narrow what is there (as by "required") and show no fields.
[[nodiscard]] FormOptions optionsOf(
    const Schema& whole, const JsonValue& schema, const QList<QByteArray>& references);

/// What an alternative is called: its title, a constant of its own, what it refers to, or its type.
[[nodiscard]] QString optionTitle(const JsonValue& option, const JsonValue& written, int index);

/// How well a value fits the look of a schema: type, constants, required members. Below 0: not.
[[nodiscard]] int likeness(const JsonValue& value, const JsonValue& schema);

} // namespace eventloupe
