#include "domain/definitionfile.h"
#include "domain/domaintext.h"
#include "domain/nearname.h"
#include "schema/folderresolver.h"
#include "value/event.h"

namespace eventloupe {

DefinitionNode::DefinitionNode(DefinitionFile& file)
    : m_file(&file)
    , m_value(&file.root())
{
}

DefinitionNode::DefinitionNode(DefinitionFile& file, const JsonValue& value, JsonPointer place)
    : m_file(&file)
    , m_value(&value)
    , m_place(std::move(place))
{
}

DefinitionNode DefinitionNode::child(const QByteArray& token, const JsonValue& value) const
{
    QList<QByteArray> tokens = m_place.tokens();
    tokens.append(token);
    return { *m_file, value, JsonPointer(std::move(tokens)) };
}

void DefinitionNode::fail(const QString& message, MemberPart part) const
{
    m_file->fail(m_place, message, part);
}

void DefinitionNode::expectMembers(const QStringList& names) const
{
    for (const JsonValue::Member& member : m_value->members()) {
        const QString name = QString::fromUtf8(member.key);
        // For other editors: the JSON Schema of the file itself.
        const bool isSchemaOfFile = m_place.isRoot() && name == u"$schema";
        if (names.contains(name) || isSchemaOfFile)
            continue;
        const QString meant = didYouMean(name, names);
        const QString known = DomainText::tr("; known here: %1").arg(names.join(u", "));
        child(member.key, member.value)
            .fail(DomainText::tr("unknown member '%1'").arg(name.left(100))
                    + (meant.isEmpty() ? known : meant),
                MemberPart::Name);
    }
}

std::optional<DefinitionNode> DefinitionNode::member(const QByteArray& name) const
{
    const JsonValue* found = m_value->find(viewOf(name));
    if (!found)
        return {};
    return child(name, *found);
}

std::optional<DefinitionNode> DefinitionNode::required(const QByteArray& name) const
{
    auto found = member(name);
    if (!found && m_value->isObject())
        fail(DomainText::tr("the member '%1' is missing").arg(QString::fromUtf8(name)));
    return found;
}

QList<DefinitionNode> DefinitionNode::members() const
{
    QList<DefinitionNode> nodes;
    if (!m_value->isObject())
        fail(DomainText::tr("must be an object, { ... }"));
    for (const JsonValue::Member& member : m_value->members())
        nodes.append(child(member.key, member.value));
    return nodes;
}

QList<DefinitionNode> DefinitionNode::elements() const
{
    QList<DefinitionNode> nodes;
    if (!m_value->isArray())
        fail(DomainText::tr("must be an array, [ ... ]"));
    for (const JsonValue& element : m_value->elements())
        nodes.append(child(QByteArray::number(nodes.size()), element));
    return nodes;
}

QString DefinitionNode::text() const
{
    if (!m_value->isString())
        fail(DomainText::tr("must be a text, \"...\""));
    return m_value->toString();
}

QString DefinitionNode::text(const QByteArray& name, const QString& fallback) const
{
    const auto node = member(name);
    return node ? node->text() : fallback;
}

QStringList DefinitionNode::texts() const
{
    QStringList texts;
    for (const DefinitionNode& element : elements())
        texts.append(element.text());
    return texts;
}

std::optional<JsonPointer> DefinitionNode::pointer() const
{
    auto pointer = JsonPointer::parse(viewOf(text().toUtf8()));
    if (pointer)
        return *pointer;
    fail(DomainText::tr("must be a JSON Pointer such as \"/name\": %1")
             .arg(pointer.error().message));
    return {};
}

std::optional<Schema> DefinitionNode::schema() const
{
    SchemaViolation fault;
    FolderSchemaResolver files(m_file->folder());
    SchemaOptions options;
    options.base = FolderSchemaResolver::uriOf(
        m_file->path(), m_place.isRoot() ? QString() : QString::fromUtf8(name()));
    options.resolver = &files;
    auto schema = Schema::compile(*m_value, options, &fault);
    m_file->noteReferred(files.asked());
    if (schema)
        return *schema;
    m_file->fail(JsonPointer(m_place.tokens() + fault.place.tokens()), schema.error().message);
    return {};
}

std::optional<Expression> DefinitionNode::expression(const ExpressionNames& names) const
{
    if (!m_value->isString()) {
        fail(DomainText::tr("must be an expression in a text, such as \"data.name\""));
        return {};
    }
    ExpressionFault fault;
    auto expression = Expression::compile(viewOf(m_value->toUtf8()), names, &fault);
    if (expression)
        return *expression;
    failInText(fault);
    return {};
}

std::optional<TextTemplate> DefinitionNode::textTemplate(const ExpressionNames& names) const
{
    ExpressionFault fault;
    const QByteArray source = text().toUtf8();
    if (!m_value->isString())
        return {};
    auto compiled = TextTemplate::compile(viewOf(source), names, &fault);
    if (compiled)
        return *compiled;
    failInText(fault);
    return {};
}

} // namespace eventloupe
