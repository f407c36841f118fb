#pragma once

#include "schema/keyword.h"

#include <optional>

namespace eventloupe {

/// Turns a schema document into nodes. The first fault ends the work and is kept.
class SchemaCompiler {
public:
    /// What a keyword's factory is given: its value, and the schema object it stands in, for
    /// keywords that look at their neighbours (additionalProperties at properties).
    struct Source {
        const JsonValue& value;
        const JsonValue& schema;
        const char* name;
    };

    /// The whole document, or the error; `fault`, when given, receives its place and reason.
    static Result<std::shared_ptr<const SchemaNode>> compile(
        const JsonValue& document, SchemaViolation* fault = nullptr);

    /// A subschema below the present keyword; `path` are the tokens that lead from the keyword's
    /// value to it. Never null; check failed() afterwards.
    std::unique_ptr<SchemaNode> subschema(const JsonValue& document, const QList<QByteArray>& path);
    /// Notes a fault at the keyword; `path` leads from the keyword's value to the culprit.
    void fail(const QString& message, const QList<QByteArray>& path = {});
    [[nodiscard]] bool failed() const { return m_fault.has_value(); }

    /// Checks of a keyword's value. Each notes a fault and returns nothing when it is another type.
    std::optional<qsizetype> count(const JsonValue& value);
    std::optional<QByteArray> text(const JsonValue& value);
    bool expectObject(const JsonValue& value);
    bool expectArray(const JsonValue& value);
    bool expectNumber(const JsonValue& value);
    /// An array of strings.
    std::optional<QList<QByteArray>> names(
        const JsonValue& value, const QList<QByteArray>& path = {});

private:
    void compileInto(SchemaNode& node, const JsonValue& document);
    void refuseUnevaluated(const JsonValue& document);
    void checkAnnotations(const JsonValue& document);

    QList<QByteArray> m_place;
    std::optional<SchemaViolation> m_fault;
};

} // namespace eventloupe
