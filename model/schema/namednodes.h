#pragma once

#include "schema/schemacompiler.h"

namespace eventloupe {

/// A subschema under a name, as in `properties` and `dependentSchemas`.
struct NamedNode {
    QByteArray name;
    const SchemaNode* node;
};

/// The subschemas of an object such as `properties`; a fault is noted by the compiler.
[[nodiscard]] inline std::vector<NamedNode> compileNamed(
    const JsonValue& value, SchemaCompiler& compiler)
{
    std::vector<NamedNode> nodes;
    if (!compiler.expectObject(value))
        return nodes;
    for (const JsonValue::Member& member : value.members())
        nodes.push_back({ member.key, compiler.subschema(member.value, { member.key }) });
    return nodes;
}

} // namespace eventloupe
