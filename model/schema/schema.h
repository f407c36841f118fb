#pragma once

#include "schema/schemaresolver.h"
#include "value/jsonpointer.h"
#include "value/jsonvalue.h"
#include "value/result.h"

#include <QList>

#include <memory>
#include <optional>

namespace eventloupe {

struct SchemaGraph;

/// One thing that is wrong with a value, and where in the value.
struct SchemaViolation {
    JsonPointer place;
    QString message; ///< For people: "must be at least 1".
    QByteArray keyword; ///< "minimum"
    /// The keyword in the schema: "#/properties/age/minimum", or
    /// "shared/money.json#/minimum" in another document.
    QByteArray schemaPlace;
    /// Of oneOf and anyOf when none fits: what each alternative has against the value.
    QList<QList<SchemaViolation>> alternatives;
};

/// A JSON Schema (2020-12), compiled. Immutable, cheap to copy, usable from several threads.
///
/// All keywords of 2020-12 are evaluated, `$ref` and `$dynamicRef` included; unknown keywords are
/// annotations, as the specification has it. `format` is asserted (unless the options say not) for
/// date-time, date, time, duration, email, uuid, uri, ipv4, ipv6, hostname and regex; other formats
/// are annotations. What a reference leads to is in the document, in what the options' resolver
/// gives, or JSON Schema's own; nothing is ever fetched. A schema that would never end with a value
/// fails to compile; validate() is bounded in depth, steps and time.
class Schema {
public:
    Schema(); ///< Accepts everything.
    /// Fails naming the keyword's place (a JSON Pointer) when the schema itself is wrong; `fault`,
    /// when given, receives place and reason apart. Its place is in this document always: of what
    /// is wrong elsewhere, the reference that leads there.
    static Result<Schema> compile(const JsonValue& document, SchemaViolation* fault = nullptr);
    static Result<Schema> compile(
        const JsonValue& document, const SchemaOptions& options, SchemaViolation* fault = nullptr);

    [[nodiscard]] QList<SchemaViolation> validate(const JsonValue& value) const;
    /// The document, for forms.
    [[nodiscard]] const JsonValue& document() const { return m_document; }
    /// The schema that a reference in the document leads to; references in it lead on by this
    /// function too, wherever it stands.
    [[nodiscard]] std::optional<JsonValue> target(const QByteArray& reference) const;
    /// A schema by itself that is a part of the document, or put together of its parts: a form's
    /// condition. References in it lead to what the document's lead to.
    [[nodiscard]] Result<Schema> part(const JsonValue& schema) const;
    /// The value with the `default`s of the schema's `properties` where members are missing, in
    /// nested objects too when they are there.
    [[nodiscard]] JsonValue withDefaults(const JsonValue& value) const;

private:
    Schema(JsonValue document, std::shared_ptr<const SchemaGraph> graph);

    JsonValue m_document;
    std::shared_ptr<const SchemaGraph> m_graph;
};

} // namespace eventloupe
