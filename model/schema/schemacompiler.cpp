#include "schema/schemacompiler.h"

#include "schema/keywords.h"
#include "schema/schemaparts.h"
#include "value/event.h"

#include <array>

namespace eventloupe {

SchemaCompiler::SchemaCompiler(const SchemaOptions& options)
    : m_options(options)
    , m_graph(std::make_shared<SchemaGraph>())
{
}

Result<std::shared_ptr<const SchemaGraph>> SchemaCompiler::compile(
    const JsonValue& document, const SchemaOptions& options, SchemaViolation* fault)
{
    SchemaCompiler compiler(options);
    compiler.run(document);
    if (!compiler.m_fault)
        return std::shared_ptr<const SchemaGraph>(std::move(compiler.m_graph));
    if (fault)
        *fault = *compiler.m_fault;
    const JsonPointer& place = compiler.m_fault->place;
    return Error { ErrorCode::InvalidInput,
        QStringLiteral("%1: %2").arg(
            place.isRoot() ? SchemaText::tr("the schema") : QString::fromUtf8(place.toText()),
            compiler.m_fault->message) };
}

void SchemaCompiler::run(const JsonValue& document)
{
    // Relative references need something to be relative to.
    const QUrl base = m_options.base.isEmpty() ? QUrl(QStringLiteral("schema:/")) : m_options.base;
    const JsonValue& root = m_graph->documents.addRoot(document, base);
    m_graph->root = &nodeOf(root);
    m_waiting.push_back({ &nodeOf(root), {} });
    while (!m_waiting.empty() && !failed()) {
        compileWaiting();
        if (m_usesDynamicAnchors)
            compileDynamicAnchors();
    }
    if (!failed())
        findEndlessReference();
}

void SchemaCompiler::compileWaiting()
{
    while (!m_waiting.empty() && !failed()) {
        const Waiting next = m_waiting.front();
        m_waiting.pop_front();
        m_place = m_graph->documents.tokensOf(next.node->source());
        m_from = next.from;
        compileInto(*next.node);
    }
}

/// Any of them may be what a `$dynamicRef` finds.
void SchemaCompiler::compileDynamicAnchors()
{
    const SchemaDocuments& documents = m_graph->documents;
    for (; m_seenResources < documents.resourceCount(); ++m_seenResources) {
        const auto& anchors = documents.resource(m_seenResources).dynamicAnchors;
        for (auto anchor = anchors.cbegin(); anchor != anchors.cend(); ++anchor) {
            SchemaNode& node = nodeOf(*anchor.value());
            m_graph->dynamicNodes.insert({ m_seenResources, anchor.key() }, &node);
            m_waiting.push_back({ &node, m_from });
        }
    }
}

SchemaNode& SchemaCompiler::nodeOf(const JsonValue& schema)
{
    SchemaNode*& node = m_nodes[&schema];
    if (!node) {
        m_graph->nodes.emplace_back(schema, m_graph->documents.resourceOf(schema));
        node = &m_graph->nodes.back();
    }
    return *node;
}

const SchemaNode* SchemaCompiler::subschema(const JsonValue& schema, const QList<QByteArray>& path)
{
    SchemaNode& node = nodeOf(schema);
    if (isInPlace(m_keyword))
        m_inPlace[m_node].push_back(&node);
    m_place.append(path);
    compileInto(node);
    m_place.resize(m_place.size() - path.size());
    return &node;
}

const SchemaNode* SchemaCompiler::reference(const QByteArray& text, QByteArray* anchor)
{
    SchemaDocuments& documents = m_graph->documents;
    const auto target = documents.locate(m_node->resource(), text, m_options.resolver);
    if (!target) {
        fail(SchemaText::tr("the reference %1 %2")
                 .arg(QString::fromUtf8(text.left(200)), target.error().message));
        return nullptr;
    }
    SchemaNode& node = nodeOf(*target->schema);
    if (isInPlace(m_keyword))
        m_inPlace[m_node].push_back(&node);
    if (anchor) {
        *anchor = target->anchor;
        m_usesDynamicAnchors = true;
    }
    m_waiting.push_back({ &node, documents.isElsewhere(m_node->source()) ? m_from : m_place });
    return &node;
}

void SchemaCompiler::fail(const QString& message, const QList<QByteArray>& path)
{
    if (m_fault)
        return;
    const QByteArray tail = JsonPointer(m_place + path).toText();
    if (!m_node || !m_graph->documents.isElsewhere(m_node->source())) {
        m_fault = SchemaViolation { JsonPointer(m_place + path), message, {}, '#' + tail, {} };
        return;
    }
    QByteArray there = m_graph->documents.placeOf(m_node->source());
    there = there.left(there.indexOf('#') + 1) + tail;
    m_fault = SchemaViolation { JsonPointer(m_from),
        SchemaText::tr("in %1: %2").arg(QString::fromUtf8(there), message), {}, there, {} };
}

void SchemaCompiler::compileInto(SchemaNode& node)
{
    if (!m_compiled.insert(&node).second || failed())
        return;
    SchemaNode* outer = std::exchange(m_node, &node);
    const QByteArray keyword = std::exchange(m_keyword, {});
    const JsonValue& schema = node.source();
    if (schema.isBool()) {
        if (!schema.toBool())
            node.refuseAll();
    } else if (!schema.isObject()) {
        fail(SchemaText::tr("must be an object, true or false"));
    } else {
        compileKeywords(node);
    }
    m_node = outer;
    m_keyword = keyword;
}

void SchemaCompiler::compileKeywords(SchemaNode& node)
{
    const JsonValue& schema = node.source();
    const Dialect dialect = dialectOf(node.resource());
    if (dialect.isOld)
        refuseOldKeywords(schema);
    checkAnnotations(schema);
    for (const auto keywords : { referenceKeywords(), valueKeywords(), numberKeywords(),
             stringKeywords(), objectKeywords(), dependentKeywords(), arrayKeywords(),
             logicKeywords(), unevaluatedKeywords() }) {
        for (const KeywordFactory& factory : keywords) {
            const JsonValue* value = schema.find(factory.name);
            if (!value || failed() || (factory.validates && !dialect.validates))
                continue;
            m_keyword = factory.name;
            m_place.append(m_keyword);
            if (auto keyword = factory.compile({ *value, schema, factory.name }, *this))
                node.add(std::move(keyword));
            m_place.removeLast();
        }
    }
    m_keyword.clear();
}

} // namespace eventloupe
