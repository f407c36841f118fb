#include "domain/definitionreaders.h"

#include "domain/domaintext.h"
#include "domain/nearname.h"
#include "domain/pointertemplate.h"
#include "domain/variables.h"
#include "value/event.h"

#include <algorithm>

namespace eventloupe {

namespace {

void readPointer(const DefinitionNode& node, const ExpressionNames& names, EvolveRule& rule)
{
    if (node.name().isEmpty()) {
        node.fail(DomainText::tr("a rule names a field, such as \"/name\"; to take the data as the "
                                 "state write \"merge\", to end the aggregate \"delete\""),
            MemberPart::Name);
        return;
    }
    const auto tokens = splitPointerTemplate(node.name());
    if (!tokens) {
        node.fail(tokens.error().message, MemberPart::Name);
        return;
    }
    bool isFixed = true;
    QList<QByteArray> literals;
    for (const QByteArray& token : *tokens) {
        ExpressionFault fault;
        auto compiled = TextTemplate::compile(viewOf(token), names, &fault);
        if (!compiled) {
            node.fail(fault.message, MemberPart::Name);
            return;
        }
        isFixed = isFixed && compiled->expressions().isEmpty();
        literals.append(compiled->literals().value(0));
        rule.pointer.append(std::move(compiled).value());
    }
    if (isFixed)
        rule.fixedPointer = JsonPointer(std::move(literals));
}

QList<EvolveRule> readRules(const DefinitionNode& evolve)
{
    QList<EvolveRule> rules;
    for (const DefinitionNode& member : evolve.members())
        rules.append(readEvolveRule(member, EvolveVariable::scope));
    return rules;
}

void readEvolve(const DefinitionNode& evolve, EventDefinition& event)
{
    if (evolve.value().isObject()) {
        event.kind = EvolveKind::Rules;
        event.rules = readRules(evolve);
        return;
    }
    const QString kind = evolve.value().toString();
    const QStringList kinds { QStringLiteral("merge"), QStringLiteral("delete") };
    if (!kinds.contains(kind)) {
        const QString meant = evolve.value().isString() ? didYouMean(kind, kinds) : QString();
        evolve.fail(DomainText::tr("must be \"merge\", \"delete\" or an object of rules such as "
                                   "{\"/name\": \"data.name\"}")
            + meant);
    }
    event.kind = kind == kinds.last() ? EvolveKind::Delete : EvolveKind::Merge;
}

QStringList readOlderTypes(const DefinitionNode& was, const QString& present)
{
    QStringList types;
    for (const DefinitionNode& element : was.elements()) {
        const QString type = element.text();
        if (element.value().isString() && (type.isEmpty() || type == present)) {
            element.fail(DomainText::tr("must be an older type of the event, which is another name "
                                        "than its present type"));
        }
        types.append(type);
    }
    return types;
}

} // namespace

EvolveRule readEvolveRule(const DefinitionNode& member, const ExpressionNames& names)
{
    EvolveRule rule;
    rule.pointerSource = member.name();
    readPointer(member, names, rule);
    if (!member.value().isNull())
        rule.value = member.expression(names);
    return rule;
}

EventDefinition readEvent(DefinitionFile& file)
{
    const DefinitionNode root(file);
    root.expectMembers({ QStringLiteral("type"), QStringLiteral("title"),
        QStringLiteral("description"), QStringLiteral("schema"), QStringLiteral("evolve"),
        QStringLiteral("was"), QStringLiteral("upcasts") });
    EventDefinition event;
    event.type = root.text("type", file.baseName());
    const auto type = root.member("type");
    if (event.type.isEmpty() && (!type || type->value().isString()))
        type.value_or(root).fail(DomainText::tr("an event's type is not empty"));
    event.title = root.text("title", event.type);
    event.description = root.text("description", {});
    if (const auto schema = root.member("schema"))
        event.schema = schema->schema();
    if (const auto evolve = root.member("evolve"))
        readEvolve(*evolve, event);
    if (const auto was = root.member("was"))
        event.was = readOlderTypes(*was, event.type);
    if (const auto upcasts = root.member("upcasts"))
        event.upcasts = readUpcasts(*upcasts);
    return event;
}

} // namespace eventloupe
