#pragma once

#include "value/jsonvalue.h"
#include "value/result.h"

#include <QUrl>

namespace eventloupe {

/// A document that a `$ref` leads to.
struct SchemaDocument {
    JsonValue value;
    /// The member that holds the schema, as in a command's definition; empty: all is a schema.
    QByteArray schemaMember;
};

/// Where a `$ref` stands: the base URI there, and the reference as written.
struct SchemaReference {
    QUrl base;
    QByteArray text;
};

/// Gives the documents that schemas refer to beside themselves and JSON Schema's own.
class SchemaResolver {
public:
    SchemaResolver() = default;
    virtual ~SchemaResolver() = default;
    Q_DISABLE_COPY_MOVE(SchemaResolver)

    /// The document at a URI without fragment. The error's message goes on after "the reference
    /// X": "leads out of the workspace folder; ...".
    [[nodiscard]] virtual Result<SchemaDocument> load(
        const QUrl& uri, const SchemaReference& reference)
        = 0;
};

/// How a schema is compiled.
struct SchemaOptions {
    QUrl base; ///< The document's URI; "$id" and "$ref" are resolved against it.
    SchemaResolver* resolver = nullptr; ///< Asked while the schema is compiled only.
    bool assertFormats = true; ///< Whether `format` refuses values.
};

} // namespace eventloupe
