#pragma once

#include "value/jsonpointer.h"
#include "value/jsonvalue.h"
#include "value/result.h"

#include <QList>

#include <memory>

namespace eventloupe {

class SchemaNode;

/// One thing that is wrong with a value, and where in the value.
struct SchemaViolation {
    JsonPointer place;
    QString message; ///< For people: "must be at least 1".
    QByteArray keyword; ///< "minimum"
};

/// A JSON Schema (2020-12), compiled. Immutable, cheap to copy, usable from several threads.
///
/// `format` is asserted for date-time, date, time, email, uuid, uri, ipv4, ipv6 and hostname;
/// other formats and unknown keywords are annotations, as the specification has it. Keywords that
/// would assert but are not evaluated yet ($ref, $dynamicRef, unevaluatedItems,
/// unevaluatedProperties) make the schema fail to compile, by name.
class Schema {
public:
    Schema(); ///< Accepts everything.
    /// Fails naming the keyword's place (a JSON Pointer) when the schema itself is wrong; `fault`,
    /// when given, receives place and reason apart.
    static Result<Schema> compile(const JsonValue& document, SchemaViolation* fault = nullptr);

    [[nodiscard]] QList<SchemaViolation> validate(const JsonValue& value) const;
    /// The document, for forms.
    [[nodiscard]] const JsonValue& document() const { return m_document; }
    /// The value with the `default`s of the schema's `properties` where members are missing, in
    /// nested objects too when they are there.
    [[nodiscard]] JsonValue withDefaults(const JsonValue& value) const;

private:
    Schema(JsonValue document, std::shared_ptr<const SchemaNode> root);

    JsonValue m_document;
    std::shared_ptr<const SchemaNode> m_root;
};

} // namespace eventloupe
