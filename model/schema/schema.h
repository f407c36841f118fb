#pragma once

#include "value/jsonpointer.h"
#include "value/jsonvalue.h"
#include "value/result.h"

#include <QList>

#include <memory>

namespace eventloupe {

/// One thing that is wrong with a value, and where in the value.
struct SchemaViolation {
    JsonPointer place;
    QString message; ///< For people: "must be at least 1".
    QByteArray keyword; ///< "minimum"
};

/// A JSON Schema (2020-12), compiled. Immutable, cheap to copy, usable from several threads.
class Schema {
public:
    Schema(); ///< Accepts everything.
    /// Fails naming the keyword's place (a JSON Pointer) when the schema itself is wrong.
    static Result<Schema> compile(const JsonValue& document);

    [[nodiscard]] QList<SchemaViolation> validate(const JsonValue& value) const;
    /// The document, for forms.
    [[nodiscard]] const JsonValue& document() const;

private:
    struct Node;
    std::shared_ptr<const Node> m_root;
};

} // namespace eventloupe
