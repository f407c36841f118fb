#include "schema/schemaparts.h"

#include <QHash>
#include <QSet>

namespace eventloupe {

SchemaParts partsOf(const QByteArray& keyword)
{
    static const QHash<QByteArray, SchemaParts> table {
        { "additionalProperties", SchemaParts::One },
        { "contains", SchemaParts::One },
        { "contentSchema", SchemaParts::One },
        { "else", SchemaParts::One },
        { "if", SchemaParts::One },
        { "items", SchemaParts::One },
        { "not", SchemaParts::One },
        { "propertyNames", SchemaParts::One },
        { "then", SchemaParts::One },
        { "unevaluatedItems", SchemaParts::One },
        { "unevaluatedProperties", SchemaParts::One },
        { "allOf", SchemaParts::List },
        { "anyOf", SchemaParts::List },
        { "oneOf", SchemaParts::List },
        { "prefixItems", SchemaParts::List },
        { "$defs", SchemaParts::Named },
        { "definitions", SchemaParts::Named },
        { "dependentSchemas", SchemaParts::Named },
        { "patternProperties", SchemaParts::Named },
        { "properties", SchemaParts::Named },
    };
    return table.value(keyword, SchemaParts::None);
}

bool isInPlace(const QByteArray& keyword)
{
    static const QSet<QByteArray> names { "$ref", "allOf", "anyOf", "oneOf", "not", "if", "then",
        "else", "dependentSchemas" };
    return names.contains(keyword);
}

} // namespace eventloupe
