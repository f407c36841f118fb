#include "schema/schema.h"

#include "schema/keyword.h"
#include "schema/schemacompiler.h"

namespace eventloupe {

namespace {

void insertDefaults(JsonValue& value, const JsonValue& schema)
{
    const JsonValue* properties = schema.find("properties");
    if (!value.isObject() || !properties)
        return;
    for (const JsonValue::Member& property : properties->members()) {
        const std::string_view key(
            property.key.constData(), static_cast<std::size_t>(property.key.size()));
        if (JsonValue* member = value.findMutable(key))
            insertDefaults(*member, property.value);
        else if (const JsonValue* initial = property.value.find("default"))
            value.insert(property.key, *initial);
    }
}

} // namespace

Schema::Schema()
    : m_document(JsonValue::fromBool(true))
{
}

Schema::Schema(JsonValue document, std::shared_ptr<const SchemaNode> root)
    : m_document(std::move(document))
    , m_root(std::move(root))
{
}

Result<Schema> Schema::compile(const JsonValue& document, SchemaViolation* fault)
{
    auto root = SchemaCompiler::compile(document, fault);
    if (!root)
        return root.error();
    return Schema(document, std::move(root).value());
}

QList<SchemaViolation> Schema::validate(const JsonValue& value) const
{
    Validation validation;
    if (m_root)
        m_root->validate(value, validation);
    return validation.violations();
}

JsonValue Schema::withDefaults(const JsonValue& value) const
{
    JsonValue filled = value;
    insertDefaults(filled, m_document);
    return filled;
}

} // namespace eventloupe
