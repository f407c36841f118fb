#include "schema/metaschema.h"

#include "value/event.h"
#include "value/json.h"

#include <array>
#include <string_view>

namespace eventloupe {

namespace {

struct Vocabulary {
    std::string_view name; ///< After https://json-schema.org/draft/2020-12/
    std::string_view members; ///< Beside $schema, $id, $dynamicAnchor and type.
};

// JSON Schema Core 2020-12, section 8, and what its metaschema says of each keyword's value.
constexpr std::array<Vocabulary, 9> vocabularies { {
    { "schema", R"json("$vocabulary": {
        "https://json-schema.org/draft/2020-12/vocab/core": true,
        "https://json-schema.org/draft/2020-12/vocab/applicator": true,
        "https://json-schema.org/draft/2020-12/vocab/unevaluated": true,
        "https://json-schema.org/draft/2020-12/vocab/validation": true,
        "https://json-schema.org/draft/2020-12/vocab/meta-data": true,
        "https://json-schema.org/draft/2020-12/vocab/format-annotation": true,
        "https://json-schema.org/draft/2020-12/vocab/content": true},
      "allOf": [{"$ref": "meta/core"}, {"$ref": "meta/applicator"}, {"$ref": "meta/unevaluated"},
        {"$ref": "meta/validation"}, {"$ref": "meta/meta-data"},
        {"$ref": "meta/format-annotation"}, {"$ref": "meta/content"}],
      "properties": {
        "definitions": {"type": "object", "additionalProperties": {"$dynamicRef": "#meta"}},
        "dependencies": {"type": "object", "additionalProperties": {"anyOf": [
          {"$dynamicRef": "#meta"}, {"$ref": "meta/validation#/$defs/names"}]}},
        "$recursiveAnchor": {"$ref": "meta/core#/$defs/anchor"},
        "$recursiveRef": {"$ref": "meta/core#/$defs/reference"}})json" },
    { "meta/core", R"json("properties": {
        "$id": {"$ref": "#/$defs/reference", "pattern": "^[^#]*#?$"},
        "$schema": {"$ref": "#/$defs/uri"},
        "$ref": {"$ref": "#/$defs/reference"}, "$dynamicRef": {"$ref": "#/$defs/reference"},
        "$anchor": {"$ref": "#/$defs/anchor"}, "$dynamicAnchor": {"$ref": "#/$defs/anchor"},
        "$vocabulary": {"type": "object", "propertyNames": {"$ref": "#/$defs/uri"},
          "additionalProperties": {"type": "boolean"}},
        "$comment": {"type": "string"},
        "$defs": {"type": "object", "additionalProperties": {"$dynamicRef": "#meta"}}},
      "$defs": {
        "anchor": {"type": "string", "pattern": "^[A-Za-z_][-A-Za-z0-9._]*$"},
        "uri": {"type": "string", "format": "uri"},
        "reference": {"type": "string", "format": "uri-reference"}})json" },
    { "meta/applicator", R"json("properties": {
        "prefixItems": {"$ref": "#/$defs/list"}, "items": {"$dynamicRef": "#meta"},
        "contains": {"$dynamicRef": "#meta"}, "additionalProperties": {"$dynamicRef": "#meta"},
        "properties": {"$ref": "#/$defs/named"}, "dependentSchemas": {"$ref": "#/$defs/named"},
        "patternProperties": {"$ref": "#/$defs/named", "propertyNames": {"format": "regex"}},
        "propertyNames": {"$dynamicRef": "#meta"}, "if": {"$dynamicRef": "#meta"},
        "then": {"$dynamicRef": "#meta"}, "else": {"$dynamicRef": "#meta"},
        "allOf": {"$ref": "#/$defs/list"}, "anyOf": {"$ref": "#/$defs/list"},
        "oneOf": {"$ref": "#/$defs/list"}, "not": {"$dynamicRef": "#meta"}},
      "$defs": {
        "list": {"type": "array", "minItems": 1, "items": {"$dynamicRef": "#meta"}},
        "named": {"type": "object", "additionalProperties": {"$dynamicRef": "#meta"}}})json" },
    { "meta/unevaluated", R"json("properties": {
        "unevaluatedItems": {"$dynamicRef": "#meta"},
        "unevaluatedProperties": {"$dynamicRef": "#meta"}})json" },
    { "meta/validation", R"json("properties": {
        "type": {"anyOf": [{"$ref": "#/$defs/type"}, {"type": "array",
          "items": {"$ref": "#/$defs/type"}, "minItems": 1, "uniqueItems": true}]},
        "const": true, "enum": {"type": "array"},
        "multipleOf": {"type": "number", "exclusiveMinimum": 0},
        "maximum": {"type": "number"}, "exclusiveMaximum": {"type": "number"},
        "minimum": {"type": "number"}, "exclusiveMinimum": {"type": "number"},
        "maxLength": {"$ref": "#/$defs/count"}, "minLength": {"$ref": "#/$defs/count"},
        "pattern": {"type": "string", "format": "regex"},
        "maxItems": {"$ref": "#/$defs/count"}, "minItems": {"$ref": "#/$defs/count"},
        "uniqueItems": {"type": "boolean"},
        "maxContains": {"$ref": "#/$defs/count"}, "minContains": {"$ref": "#/$defs/count"},
        "maxProperties": {"$ref": "#/$defs/count"}, "minProperties": {"$ref": "#/$defs/count"},
        "required": {"$ref": "#/$defs/names"},
        "dependentRequired": {"type": "object",
          "additionalProperties": {"$ref": "#/$defs/names"}}},
      "$defs": {
        "count": {"type": "integer", "minimum": 0},
        "type": {"enum":
          ["array", "boolean", "integer", "null", "number", "object", "string"]},
        "names": {"type": "array", "items": {"type": "string"}, "uniqueItems": true}})json" },
    { "meta/meta-data", R"json("properties": {
        "title": {"type": "string"}, "description": {"type": "string"}, "default": true,
        "deprecated": {"type": "boolean"}, "readOnly": {"type": "boolean"},
        "writeOnly": {"type": "boolean"}, "examples": {"type": "array"}})json" },
    { "meta/format-annotation", R"json("properties": {"format": {"type": "string"}})json" },
    { "meta/format-assertion", R"json("properties": {"format": {"type": "string"}})json" },
    { "meta/content", R"json("properties": {
        "contentEncoding": {"type": "string"}, "contentMediaType": {"type": "string"},
        "contentSchema": {"$dynamicRef": "#meta"}})json" },
} };

const QByteArray prefix = QByteArrayLiteral("https://json-schema.org/draft/2020-12/");

} // namespace

std::optional<JsonValue> findMetaschema(const QByteArray& uri)
{
    for (const Vocabulary& vocabulary : vocabularies) {
        const QByteArray name(vocabulary.name.data(), qsizetype(vocabulary.name.size()));
        if (uri != prefix + name)
            continue;
        const QByteArray text = R"({"$schema": ")" + prefix + R"(schema", "$id": ")" + uri
            + R"(", "$dynamicAnchor": "meta", "type": ["object", "boolean"], )"
            + QByteArray(vocabulary.members.data(), qsizetype(vocabulary.members.size())) + '}';
        auto value = parseJson(viewOf(text));
        Q_ASSERT(value);
        return *value;
    }
    return {};
}

} // namespace eventloupe
