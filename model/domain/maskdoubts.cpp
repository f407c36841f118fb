#include "domain/maskdoubts.h"

#include "domain/domaintext.h"
#include "domain/knownmembers.h"

namespace eventloupe {

namespace {

constexpr qsizetype longestName = 100;

void addRuleName(const EvolveRule& rule, QStringList& names)
{
    const auto* first
        = rule.fixedPointer || rule.pointer.isEmpty() ? nullptr : &rule.pointer.first();
    if (first && first->expressions().isEmpty())
        names.append(QString::fromUtf8(first->literals().first()));
    else if (rule.fixedPointer && !rule.fixedPointer->tokens().isEmpty())
        names.append(QString::fromUtf8(rule.fixedPointer->tokens().first()));
}

QString firstName(const JsonPointer& pointer)
{
    return pointer.isRoot() ? QString() : QString::fromUtf8(pointer.tokens().first());
}

/// "-" is whatever is there.
bool isNamed(const QString& name, const QStringList& names)
{
    return name.isEmpty() || name == u"-" || names.contains(name);
}

QStringList doubtsOfType(const Workspace& workspace, const MaskEntry& entry)
{
    const EventDefinition* event = workspace.event(entry.type);
    if (!event && !workspace.events().isEmpty())
        return { DomainText::tr("no event '%1' is defined").arg(entry.type.left(longestName)) };
    // Stored events may have members of older shapes.
    if (!event || !event->schema || !event->upcasts.isEmpty())
        return {};
    const QStringList names = KnownMembers(*event->schema).names();
    QStringList doubts;
    for (const JsonPointer& pointer : entry.masks.data.pointers())
        if (const QString name = firstName(pointer); !names.isEmpty() && !isNamed(name, names))
            doubts.append(DomainText::tr("the schema of '%1' has no member '%2'")
                              .arg(entry.type.left(longestName), name.left(longestName)));
    return doubts;
}

} // namespace

QStringList maskableNames(const Workspace& workspace, const QString& category)
{
    const AggregateDefinition* aggregate = workspace.aggregate(category);
    QStringList types = aggregate ? aggregate->events : QStringList();
    if (types.isEmpty())
        for (const EventDefinition& event : workspace.events())
            types.append(event.type);
    QStringList names;
    for (const QString& type : std::as_const(types)) {
        const EventDefinition* event = workspace.event(type);
        if (!event)
            continue;
        if (!event->upcasts.isEmpty())
            return {};
        if (event->schema)
            names += KnownMembers(*event->schema).names();
        for (const EvolveRule& rule : event->rules)
            addRuleName(rule, names);
    }
    for (const AggregateDefinition& each : workspace.aggregates())
        if (category.isEmpty() || each.category == category)
            for (const JsonValue::Member& member : each.initialState.members())
                names.append(QString::fromUtf8(member.key));
    return names;
}

QStringList maskDoubts(const Workspace& workspace, const MaskEntry& entry)
{
    if (!entry.type.isEmpty())
        return doubtsOfType(workspace, entry);
    QStringList doubts;
    if (!entry.category.isEmpty() && !workspace.aggregates().isEmpty()
        && !workspace.aggregate(entry.category))
        doubts.append(DomainText::tr("no aggregate '%1' is defined")
                          .arg(entry.category.left(longestName)));
    const QStringList names = maskableNames(workspace, entry.category);
    for (const JsonPointer& pointer : entry.masks.data.pointers())
        if (const QString name = firstName(pointer); !names.isEmpty() && !isNamed(name, names))
            doubts.append(DomainText::tr("no event or state that is described has a field '%1'")
                              .arg(name.left(longestName)));
    return doubts;
}

} // namespace eventloupe
