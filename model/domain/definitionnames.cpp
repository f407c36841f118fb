#include "domain/definitionnames.h"

#include "value/event.h"

namespace eventloupe {

namespace {

constexpr int mostDepth = 12;

NameTree treeOfValue(const JsonValue& value, int depth)
{
    NameTree tree;
    if (depth == 0 || !value.isObject())
        return tree;
    for (const JsonValue::Member& member : value.members())
        tree.children[QString::fromUtf8(member.key)] = treeOfValue(member.value, depth - 1);
    return tree;
}

NameTree treeOfSchema(const JsonValue& schema, int depth)
{
    NameTree tree;
    if (depth == 0 || !schema.isObject())
        return tree;
    if (const JsonValue* properties = schema.find("properties"); properties) {
        for (const JsonValue::Member& property : properties->members())
            tree.children[QString::fromUtf8(property.key)]
                = treeOfSchema(property.value, depth - 1);
    }
    for (const std::string_view parts : { "allOf", "anyOf", "oneOf" }) {
        if (const JsonValue* list = schema.find(parts); list && list->isArray()) {
            for (const JsonValue& part : list->elements())
                tree.add(treeOfSchema(part, depth - 1));
        }
    }
    return tree;
}

/// The first tokens of a rule's pointer that hold no expression.
void addPointer(const EvolveRule& rule, NameTree& tree)
{
    NameTree* at = &tree;
    for (const TextTemplate& token : rule.pointer) {
        if (!token.expressions().isEmpty())
            return;
        at = &at->children[QString::fromUtf8(token.literals().value(0))];
    }
}

} // namespace

void NameTree::add(const NameTree& other)
{
    for (const auto& [name, tree] : other.children)
        children[name].add(tree);
}

QStringList NameTree::below(const QStringList& path) const
{
    const NameTree* at = this;
    for (const QString& name : path) {
        const auto found = at->children.find(name);
        if (found == at->children.end())
            return {};
        at = &found->second;
    }
    QStringList names;
    for (const auto& child : at->children)
        names.append(child.first);
    return names;
}

NameTree NameTree::ofValue(const JsonValue& value)
{
    return treeOfValue(value, mostDepth);
}

NameTree NameTree::ofSchema(const JsonValue& schema)
{
    return treeOfSchema(schema, mostDepth);
}

DefinitionNames::DefinitionNames(std::shared_ptr<const Workspace> workspace)
    : m_workspace(std::move(workspace))
{
}

QStringList DefinitionNames::events() const
{
    QStringList names = m_workspace->events().keys();
    for (const CommandDefinition& command : m_workspace->commands()) {
        for (const Emission& emission : command.emissions)
            names.append(emission.type);
    }
    for (const AggregateDefinition& aggregate : m_workspace->aggregates())
        names.append(aggregate.events);
    names.removeDuplicates();
    names.sort();
    return names;
}

QStringList DefinitionNames::commands() const
{
    QStringList names;
    for (const CommandDefinition& command : m_workspace->commands())
        names.append(command.name);
    return names;
}

NameTree DefinitionNames::eventData(const QString& type) const
{
    const EventDefinition* event = m_workspace->event(type);
    if (event && event->schema)
        return NameTree::ofSchema(event->schema->document());
    // What the commands put into it.
    NameTree tree;
    for (const CommandDefinition& command : m_workspace->commands()) {
        for (const Emission& emission : command.emissions) {
            if (emission.type != type)
                continue;
            tree.add(emission.dataSource.isObject()
                    ? NameTree::ofValue(emission.dataSource)
                    : NameTree::ofSchema(command.schema.document()));
        }
    }
    return tree;
}

NameTree DefinitionNames::commandData(const QString& name) const
{
    const CommandDefinition* command = m_workspace->command(name);
    return command ? NameTree::ofSchema(command->schema.document()) : NameTree();
}

QStringList DefinitionNames::categoriesOf(const QString& type) const
{
    QStringList categories;
    for (const AggregateDefinition& aggregate : m_workspace->aggregates()) {
        if (aggregate.events.contains(type))
            categories.append(aggregate.category);
    }
    for (const CommandDefinition& command : m_workspace->commands()) {
        for (const Emission& emission : command.emissions) {
            if (emission.type == type && !categories.contains(command.category))
                categories.append(command.category);
        }
    }
    return categories;
}

void DefinitionNames::addEvent(const QString& type, NameTree& state) const
{
    const EventDefinition* event = m_workspace->event(type);
    if (!event || event->kind == EvolveKind::Merge)
        state.add(eventData(type));
    else {
        for (const EvolveRule& rule : event->rules)
            addPointer(rule, state);
    }
}

NameTree DefinitionNames::state(const QString& category) const
{
    NameTree tree;
    for (const AggregateDefinition& aggregate : m_workspace->aggregates()) {
        if (category.isEmpty() || aggregate.category == category)
            tree.add(NameTree::ofValue(aggregate.initialState));
    }
    for (const QString& type : events()) {
        if (category.isEmpty() || categoriesOf(type).contains(category))
            addEvent(type, tree);
    }
    return tree;
}

NameTree DefinitionNames::stateOfEvent(const QString& type) const
{
    NameTree tree;
    const QStringList categories = categoriesOf(type);
    for (const QString& category : categories)
        tree.add(state(category));
    return categories.isEmpty() ? state({}) : tree;
}

} // namespace eventloupe
