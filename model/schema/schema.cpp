#include "schema/schema.h"

#include "schema/schemacompiler.h"
#include "schema/validation.h"
#include "value/event.h"

namespace eventloupe {

namespace {

/// References to references end here.
constexpr int mostHops = 16;

/// The same schema with absolute references, so that it can be read outside its document.
JsonValue withAbsoluteReferences(const JsonValue& schema, QUrl base)
{
    if (schema.isArray()) {
        JsonValue elements = JsonValue::emptyArray();
        for (const JsonValue& element : schema.elements())
            elements.append(withAbsoluteReferences(element, base));
        return elements;
    }
    if (!schema.isObject())
        return schema;
    if (const JsonValue* id = schema.find("$id"); id && id->isString())
        base = base.resolved(QUrl::fromEncoded(id->toUtf8()));
    JsonValue object = JsonValue::emptyObject();
    for (const JsonValue::Member& member : schema.members()) {
        const bool refers = member.key == "$ref" && member.value.isString();
        object.insert(member.key,
            refers ? JsonValue::fromString(
                base.resolved(QUrl::fromEncoded(member.value.toUtf8())).toEncoded())
                   : withAbsoluteReferences(member.value, base));
    }
    return object;
}

/// Gives the documents that a compiled schema has loaded.
class LoadedResolver final : public SchemaResolver {
public:
    explicit LoadedResolver(const SchemaGraph& graph)
        : m_graph(graph)
    {
    }
    Result<SchemaDocument> load(const QUrl& uri, const SchemaReference&) override
    {
        const auto found = m_graph.documents.find(m_graph.root->resource(), uri.toEncoded());
        if (found)
            return SchemaDocument { *found->schema, {} };
        return Error { ErrorCode::NotFound, SchemaText::tr("leads to nothing that is known here") };
    }

private:
    const SchemaGraph& m_graph;
};

void insertDefaults(JsonValue& value, JsonValue schema, const Schema& whole)
{
    for (int hops = 0; value.isObject() && hops < mostHops; ++hops) {
        const JsonValue* properties = schema.find("properties");
        for (const JsonValue::Member& property :
            properties ? properties->members() : std::span<const JsonValue::Member>()) {
            if (JsonValue* member = value.findMutable(viewOf(property.key)))
                insertDefaults(*member, property.value, whole);
            else if (const JsonValue* initial = property.value.find("default"))
                value.insert(property.key, *initial);
        }
        const JsonValue* reference = schema.find("$ref");
        const auto target = reference ? whole.target(reference->toUtf8()) : std::nullopt;
        if (!target)
            return;
        schema = *target;
    }
}

} // namespace

Schema::Schema()
    : m_document(JsonValue::fromBool(true))
{
}

Schema::Schema(JsonValue document, std::shared_ptr<const SchemaGraph> graph)
    : m_document(std::move(document))
    , m_graph(std::move(graph))
{
}

Result<Schema> Schema::compile(const JsonValue& document, SchemaViolation* fault)
{
    return compile(document, {}, fault);
}

Result<Schema> Schema::compile(
    const JsonValue& document, const SchemaOptions& options, SchemaViolation* fault)
{
    auto graph = SchemaCompiler::compile(document, options, fault);
    if (!graph)
        return graph.error();
    return Schema(document, std::move(graph).value());
}

QList<SchemaViolation> Schema::validate(const JsonValue& value) const
{
    if (!m_graph)
        return {};
    Validation validation(*m_graph, value);
    m_graph->root->validate(value, validation);
    return validation.takeViolations();
}

std::optional<JsonValue> Schema::target(const QByteArray& reference) const
{
    const auto found
        = m_graph ? m_graph->documents.find(m_graph->root->resource(), reference) : std::nullopt;
    if (!found)
        return {};
    if (found->resource == m_graph->root->resource())
        return *found->schema;
    return withAbsoluteReferences(*found->schema, m_graph->documents.resource(found->resource).uri);
}

Result<Schema> Schema::part(const JsonValue& schema) const
{
    if (!m_graph)
        return compile(schema);
    LoadedResolver resolver(*m_graph);
    SchemaOptions options;
    options.base = QUrl(QStringLiteral("schema:/part"));
    options.resolver = &resolver;
    const auto& whole = m_graph->documents.resource(m_graph->root->resource());
    return compile(withAbsoluteReferences(schema, whole.uri), options);
}

JsonValue Schema::withDefaults(const JsonValue& value) const
{
    JsonValue filled = value;
    insertDefaults(filled, m_document, *this);
    return filled;
}

} // namespace eventloupe
