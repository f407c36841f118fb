#include "domain/definitionformat.h"

#include "domain/definitiontexts.h"
#include "value/event.h"
#include "value/json.h"

#include <QFile>
#include <QFileInfo>

#include <array>

// Resources of a static library are there only once they are asked for, outside any namespace.
static void makeSchemasAvailable()
{
    Q_INIT_RESOURCE(eventloupe_schemas);
}

namespace eventloupe {

namespace {

struct KindName {
    const char* file; ///< Of the schema.
    const char* folder;
};

constexpr std::array<KindName, 6> kindNames { { { "workspace", "" }, { "aggregate", "aggregates" },
    { "event", "events" }, { "command", "commands" }, { "projection", "projections" },
    { "example", "examples" } } };

const JsonValue* memberOf(const JsonValue& node, std::string_view name)
{
    return node.isObject() ? node.find(name) : nullptr;
}

QString textOf(const JsonValue& node, std::string_view name)
{
    const JsonValue* member = memberOf(node, name);
    return member ? member->toString() : QString();
}

const JsonValue* hintOf(const JsonValue& node, std::string_view name)
{
    const JsonValue* hints = memberOf(node, "eventloupe");
    return hints ? hints->find(name) : nullptr;
}

/// What follows from a schema node at a token of a path.
const JsonValue* step(const JsonValue& node, const QByteArray& token)
{
    if (const JsonValue* properties = memberOf(node, "properties")) {
        if (const JsonValue* property = properties->find(viewOf(token)))
            return property;
    }
    if (const JsonValue* others = memberOf(node, "additionalProperties");
        others && others->isObject())
        return others;
    return memberOf(node, "items");
}

QString sampleOf(const JsonValue& node)
{
    const JsonValue* examples = memberOf(node, "examples");
    if (examples && examples->size() > 0)
        return QString::fromUtf8(examples->elements().front().toJson());
    if (const JsonValue* fallback = memberOf(node, "default"))
        return QString::fromUtf8(fallback->toJson());
    const QString type = textOf(node, "type");
    if (type == u"array")
        return QStringLiteral("[]");
    if (type == u"string")
        return QStringLiteral("\"\"");
    if (type == u"boolean")
        return QStringLiteral("true");
    if (type == u"number" || type == u"integer")
        return QStringLiteral("0");
    return memberOf(node, "enum") ? QString() : QStringLiteral("{}");
}

} // namespace

std::optional<DefinitionKind> definitionKindOf(const QString& path)
{
    if (path == workspaceFileName())
        return DefinitionKind::Workspace;
    const QString folder = path.section(u'/', 0, -2);
    for (std::size_t kind = 1; kind < kindNames.size(); ++kind) {
        if (folder == QLatin1String(kindNames.at(kind).folder) && path.endsWith(u".json"))
            return static_cast<DefinitionKind>(kind);
    }
    return {};
}

QString folderOf(DefinitionKind kind)
{
    return QString::fromLatin1(kindNames.at(static_cast<std::size_t>(kind)).folder);
}

DefinitionFormat::DefinitionFormat(DefinitionKind kind)
{
    makeSchemasAvailable();
    QFile file(QStringLiteral(":/schemas/%1.json")
                   .arg(QLatin1String(kindNames.at(static_cast<std::size_t>(kind)).file)));
    if (file.open(QIODevice::ReadOnly))
        m_text = file.readAll();
    if (auto schema = parseJson(viewOf(m_text)))
        m_schema = std::move(schema).value();
}

const DefinitionFormat& DefinitionFormat::of(DefinitionKind kind)
{
    static const std::array formats { DefinitionFormat(DefinitionKind::Workspace),
        DefinitionFormat(DefinitionKind::Aggregate), DefinitionFormat(DefinitionKind::Event),
        DefinitionFormat(DefinitionKind::Command), DefinitionFormat(DefinitionKind::Projection),
        DefinitionFormat(DefinitionKind::Example) };
    return formats.at(static_cast<std::size_t>(kind));
}

void DefinitionFormat::expand(const JsonValue& node, Nodes& nodes) const
{
    if (nodes.contains(&node))
        return;
    nodes.append(&node);
    const QString reference = textOf(node, "$ref");
    const QString prefix = QStringLiteral("#/$defs/");
    if (reference.startsWith(prefix)) {
        const JsonValue* definitions = m_schema.find("$defs");
        const QByteArray name = reference.mid(prefix.size()).toUtf8();
        if (const JsonValue* target = definitions ? definitions->find(viewOf(name)) : nullptr)
            expand(*target, nodes);
    }
    if (const JsonValue* any = memberOf(node, "anyOf")) {
        for (const JsonValue& alternative : any->elements())
            expand(alternative, nodes);
    }
}

DefinitionFormat::Nodes DefinitionFormat::nodesAt(const QStringList& path) const
{
    Nodes nodes;
    expand(m_schema, nodes);
    for (const QString& token : path) {
        Nodes next;
        for (const JsonValue* node : std::as_const(nodes)) {
            if (const JsonValue* found = step(*node, token.toUtf8()))
                expand(*found, next);
        }
        nodes = next;
    }
    return nodes;
}

TextUse DefinitionFormat::useOfValue(const QStringList& path) const
{
    for (const JsonValue* node : nodesAt(path)) {
        if (const JsonValue* scope = hintOf(*node, "expression"))
            return { TextUse::Kind::Expression, scope->toString() };
        const bool isObject = textOf(*node, "type") == u"object";
        if (const JsonValue* scope = hintOf(*node, "template"); scope && !isObject)
            return { TextUse::Kind::Template, scope->toString() };
        if (const JsonValue* names = hintOf(*node, "names"))
            return { TextUse::Kind::Name, names->toString() };
        if (const JsonValue* root = hintOf(*node, "pointer"))
            return { TextUse::Kind::Pointer, root->toString() };
    }
    return {};
}

TextUse DefinitionFormat::useOfKey(const QStringList& path) const
{
    for (const JsonValue* node : nodesAt(path.mid(0, path.size() - 1))) {
        const JsonValue* keys = hintOf(*node, "keys");
        if (!keys)
            continue;
        if (keys->toString() == u"events")
            return { TextUse::Kind::Name, keys->toString() };
        if (const JsonValue* scope = hintOf(*node, "template");
            scope && path.last().startsWith(u'/'))
            return { TextUse::Kind::Template, scope->toString() };
        if (keys->toString() == u"state")
            return { TextUse::Kind::Pointer, keys->toString() };
    }
    return {};
}

QList<FormatMember> DefinitionFormat::membersAt(const QStringList& path) const
{
    QList<FormatMember> members;
    for (const JsonValue* node : nodesAt(path)) {
        const JsonValue* properties = memberOf(*node, "properties");
        if (!properties)
            continue;
        QStringList required;
        if (const JsonValue* names = memberOf(*node, "required")) {
            for (const JsonValue& name : names->elements())
                required.append(name.toString());
        }
        for (const JsonValue::Member& property : properties->members()) {
            const QString name = QString::fromUtf8(property.key);
            members.append({ name, textOf(property.value, "description"), required.contains(name),
                sampleOf(property.value) });
        }
    }
    return members;
}

bool DefinitionFormat::isOpenAt(const QStringList& path) const
{
    const Nodes nodes = nodesAt(path);
    return std::none_of(nodes.begin(), nodes.end(), [](const JsonValue* node) {
        const JsonValue* others = memberOf(*node, "additionalProperties");
        return others && others->isBool() && !others->toBool();
    });
}

QString DefinitionFormat::keysAt(const QStringList& path) const
{
    for (const JsonValue* node : nodesAt(path)) {
        if (const JsonValue* keys = hintOf(*node, "keys"))
            return keys->toString();
    }
    return {};
}

QStringList DefinitionFormat::valuesAt(const QStringList& path) const
{
    QStringList values;
    for (const JsonValue* node : nodesAt(path)) {
        if (const JsonValue* allowed = memberOf(*node, "enum")) {
            for (const JsonValue& value : allowed->elements())
                values.append(QString::fromUtf8(value.toJson()));
        }
        if (const JsonValue* value = memberOf(*node, "const"))
            values.append(QString::fromUtf8(value->toJson()));
        if (textOf(*node, "type") == u"boolean")
            values << QStringLiteral("true") << QStringLiteral("false");
    }
    return values;
}

QString DefinitionFormat::descriptionAt(const QStringList& path) const
{
    for (const JsonValue* node : nodesAt(path)) {
        if (const QString text = textOf(*node, "description"); !text.isEmpty())
            return text;
    }
    return {};
}

QStringList variablesOf(const QString& scope)
{
    static const QHash<QString, QStringList> scopes {
        { QStringLiteral("evolve"),
            { QStringLiteral("state"), QStringLiteral("data"), QStringLiteral("event") } },
        { QStringLiteral("upcast"),
            { QStringLiteral("data"), QStringLiteral("metadata"), QStringLiteral("event") } },
        { QStringLiteral("command"),
            { QStringLiteral("state"), QStringLiteral("exists"), QStringLiteral("version"),
                QStringLiteral("data"), QStringLiteral("command"), QStringLiteral("now"),
                QStringLiteral("uuid()") } },
        { QStringLiteral("stream"), { QStringLiteral("data") } },
        { QStringLiteral("row"),
            { QStringLiteral("row"), QStringLiteral("data"), QStringLiteral("event") } },
        { QStringLiteral("key"), { QStringLiteral("data"), QStringLiteral("event") } },
    };
    return scopes.value(scope);
}

} // namespace eventloupe
