#include "schema/schemadocuments.h"

#include "schema/metaschema.h"
#include "schema/schemaparts.h"
#include "schema/validation.h"
#include "value/event.h"

namespace eventloupe {

namespace {

Error unresolved(const QString& why)
{
    return { ErrorCode::NotFound, why };
}

} // namespace

QByteArray SchemaDocuments::keyOf(const QUrl& uri)
{
    return uri.adjusted(QUrl::RemoveFragment).toEncoded();
}

const JsonValue& SchemaDocuments::addRoot(const JsonValue& document, const QUrl& base)
{
    const int index = addDocument({ document, {} }, base);
    return m_documents[std::size_t(index)].value;
}

int SchemaDocuments::addDocument(SchemaDocument document, const QUrl& uri)
{
    const int number = static_cast<int>(m_documents.size());
    m_documents.push_back({ std::move(document.value), uri, document.schemaMember });
    const Document& added = m_documents.back();
    const JsonValue* inner
        = added.schemaMember.isEmpty() ? nullptr : added.value.find(viewOf(added.schemaMember));
    addResource(added.value, uri, number, -1);
    const int whole = resourceCount() - 1;
    if (!inner) {
        index(added.value, { nullptr, {}, whole });
        return number;
    }
    // The schema in a definition has "#" to itself, and the file's URI with this query.
    QUrl own = uri;
    own.setQuery(QString::fromUtf8(added.schemaMember));
    m_parts.insert({ &added.value, { nullptr, {}, whole } });
    addResource(*inner, own, number, whole);
    index(*inner, { &added.value, { added.schemaMember }, resourceCount() - 1 });
    return number;
}

void SchemaDocuments::addResource(const JsonValue& root, const QUrl& uri, int document, int parent)
{
    const QByteArray key = keyOf(uri);
    if (!m_byUri.contains(key))
        m_byUri.insert(key, resourceCount());
    m_resources.push_back({ uri, &root, document, parent, {}, {} });
}

void SchemaDocuments::index(const JsonValue& schema, const Part& part)
{
    Part present = part;
    indexIdentity(schema, present);
    m_parts.insert_or_assign(&schema, present);
    for (const JsonValue::Member& member : schema.members())
        indexBelow(member.value, member.key, { &schema, { member.key }, present.resource });
}

void SchemaDocuments::indexIdentity(const JsonValue& schema, Part& part)
{
    const JsonValue* id = schema.find("$id");
    if (id && id->isString()) {
        const QUrl uri = resolved(part.resource, id->toUtf8());
        const Resource& around = resource(part.resource);
        if (around.root == &schema) {
            // A document under another name than the one it came by.
            m_resources[std::size_t(part.resource)].uri = uri;
            m_byUri.insert(keyOf(uri), part.resource);
        } else {
            addResource(schema, uri, around.document, part.resource);
            part.resource = resourceCount() - 1;
        }
    }
    Resource& own = m_resources[std::size_t(part.resource)];
    for (const char* keyword : { "$anchor", "$dynamicAnchor" }) {
        const JsonValue* anchor = schema.find(keyword);
        if (!anchor || !anchor->isString())
            continue;
        own.anchors.insert(anchor->toUtf8(), &schema);
        if (keyword[1] == 'd')
            own.dynamicAnchors.insert(anchor->toUtf8(), &schema);
    }
}

void SchemaDocuments::indexBelow(const JsonValue& keyword, const QByteArray& name, const Part& part)
{
    const auto below = [&part](const QByteArray& token) {
        Part inner = part;
        inner.tokens.append(token);
        return inner;
    };
    switch (partsOf(name)) {
    case SchemaParts::None:
        break;
    case SchemaParts::One:
        index(keyword, part);
        break;
    case SchemaParts::List: {
        int number = 0;
        for (const JsonValue& element : keyword.elements())
            index(element, below(QByteArray::number(number++)));
        break;
    }
    case SchemaParts::Named:
        for (const JsonValue::Member& member : keyword.members())
            index(member.value, below(member.key));
        break;
    }
}

QUrl SchemaDocuments::resolved(int resource, const QByteArray& reference) const
{
    return m_resources[std::size_t(resource)].uri.resolved(QUrl::fromEncoded(reference));
}

Result<SchemaDocuments::Target> SchemaDocuments::locate(
    int resource, const QByteArray& reference, SchemaResolver* resolver)
{
    const QUrl uri = resolved(resource, reference);
    if (!uri.isValid())
        return unresolved(SchemaText::tr("is not a URI reference"));
    if (!m_byUri.contains(keyOf(uri))) {
        const auto loaded = load(uri.adjusted(QUrl::RemoveFragment),
            { m_resources[std::size_t(resource)].uri, reference }, resolver);
        if (!loaded)
            return loaded.error();
    }
    const int found = m_byUri.value(keyOf(uri));
    const QString fragment = uri.fragment(QUrl::FullyDecoded);
    const auto target = atFragment(found, fragment);
    if (!target) {
        return unresolved(fragment.startsWith(u'/')
                ? SchemaText::tr("leads to nothing: there is no %1 there").arg(fragment.left(200))
                : SchemaText::tr("leads to nothing: no $anchor there has the name %1")
                      .arg(fragment.left(200)));
    }
    // What stands where no schema is expected was not looked into yet.
    if (!m_parts.contains(target->schema)) {
        Part part { m_resources[std::size_t(found)].root, {}, found };
        const auto pointer = JsonPointer::parse(viewOf(fragment.toUtf8()));
        static_cast<void>(atPointer(found, *pointer, part));
        index(*target->schema, part);
    }
    return *target;
}

std::optional<SchemaDocuments::Target> SchemaDocuments::find(
    int resource, const QByteArray& reference) const
{
    const QUrl uri = resolved(resource, reference);
    const auto found = m_byUri.constFind(keyOf(uri));
    if (found == m_byUri.constEnd())
        return {};
    return atFragment(*found, uri.fragment(QUrl::FullyDecoded));
}

std::optional<SchemaDocuments::Target> SchemaDocuments::atFragment(
    int resource, const QString& fragment) const
{
    const Resource& found = m_resources[std::size_t(resource)];
    const QByteArray name = fragment.toUtf8();
    if (name.isEmpty()) {
        // A definition's file stands for the schema in it.
        const QByteArray& member = m_documents[std::size_t(found.document)].schemaMember;
        const JsonValue* inner
            = found.parent < 0 && !member.isEmpty() ? found.root->find(viewOf(member)) : nullptr;
        if (inner)
            return Target { inner, resourceOf(*inner), {} };
        return Target { found.root, resource, {} };
    }
    if (name.startsWith('/')) {
        const auto pointer = JsonPointer::parse(viewOf(name));
        Part part { found.root, {}, resource };
        const JsonValue* schema = pointer ? atPointer(resource, *pointer, part) : nullptr;
        return schema ? std::optional(Target { schema, part.resource, {} }) : std::nullopt;
    }
    const JsonValue* schema = found.anchors.value(name);
    if (!schema)
        return {};
    return Target { schema, resource,
        found.dynamicAnchors.value(name) == schema ? name : QByteArray() };
}

const JsonValue* SchemaDocuments::atPointer(
    int resource, const JsonPointer& pointer, Part& part) const
{
    const JsonValue* present = m_resources[std::size_t(resource)].root;
    for (const QByteArray& token : pointer.tokens()) {
        present = JsonPointer({ token }).resolve(*present);
        if (!present)
            return nullptr;
        part.tokens.append(token);
        if (const auto known = m_parts.find(present); known != m_parts.end())
            part = { present, {}, known->second.resource };
    }
    return present;
}

Result<void> SchemaDocuments::load(
    const QUrl& uri, const SchemaReference& reference, SchemaResolver* resolver)
{
    if (const auto known = findMetaschema(keyOf(uri))) {
        addDocument({ *known, {} }, uri);
        return {};
    }
    if (!resolver) {
        return unresolved(SchemaText::tr("leads out of the schema; put what it refers to under "
                                         "\"$defs\" and write \"#/$defs/...\""));
    }
    if (m_documents.size() >= maximumDocuments) {
        return Error { ErrorCode::InvalidInput,
            SchemaText::tr("would be the %1th file of one schema; put them together")
                .arg(maximumDocuments + 1) };
    }
    auto document = resolver->load(uri, reference);
    if (!document)
        return document.error();
    addDocument(std::move(document).value(), uri);
    return {};
}

int SchemaDocuments::resourceOf(const JsonValue& schema) const
{
    const auto found = m_parts.find(&schema);
    return found == m_parts.end() ? 0 : found->second.resource;
}

QList<QByteArray> SchemaDocuments::tokensOf(const JsonValue& schema) const
{
    QList<QList<QByteArray>> steps;
    for (auto at = m_parts.find(&schema); at != m_parts.end(); at = m_parts.find(at->second.parent))
        steps.append(at->second.tokens);
    QList<QByteArray> tokens;
    for (auto step = steps.crbegin(); step != steps.crend(); ++step)
        tokens.append(*step);
    return tokens;
}

bool SchemaDocuments::isElsewhere(const JsonValue& schema) const
{
    return resource(resourceOf(schema)).document != 0;
}

QByteArray SchemaDocuments::placeOf(const JsonValue& schema) const
{
    const Document& document = m_documents[std::size_t(resource(resourceOf(schema)).document)];
    QByteArray name;
    if (isElsewhere(schema)) {
        // A file of the workspace goes by its path.
        name = document.uri.authority().isEmpty() && document.uri.path().startsWith(u'/')
            ? document.uri.path().mid(1).toUtf8()
            : document.uri.toEncoded();
    }
    return name + '#' + JsonPointer(tokensOf(schema)).toText();
}

} // namespace eventloupe
