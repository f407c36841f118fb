#include "domain/definitionreaders.h"

#include "domain/domaintext.h"
#include "domain/variables.h"
#include "value/event.h"

namespace eventloupe {

namespace {

/// The pointer that a member's name is, or a text's value.
std::optional<JsonPointer> pointerOfName(const DefinitionNode& node)
{
    auto pointer = JsonPointer::parse(viewOf(node.name()));
    if (pointer)
        return *pointer;
    node.fail(DomainText::tr("must be a JSON Pointer into the data such as \"/name\": %1")
                  .arg(pointer.error().message),
        MemberPart::Name);
    return {};
}

void readMoves(const DefinitionNode& rename, Upcast& upcast)
{
    for (const DefinitionNode& member : rename.members()) {
        const auto from = pointerOfName(member);
        const auto to = member.pointer();
        if (from && to)
            upcast.moves.append({ *from, *to });
    }
}

void readChanges(const DefinitionNode& set, Upcast& upcast)
{
    for (const DefinitionNode& member : set.members()) {
        const auto place = pointerOfName(member);
        std::optional<Expression> value;
        if (!member.value().isNull())
            value = member.expression(UpcastVariable::scope);
        if (place)
            upcast.changes.append({ *place, value });
    }
}

Upcast readUpcast(const DefinitionNode& node)
{
    Upcast upcast;
    static_cast<void>(node.members());
    node.expectMembers({ QStringLiteral("when"), QStringLiteral("rename"), QStringLiteral("set") });
    if (const auto when = node.required("when")) {
        if (auto expression = when->expression(UpcastVariable::scope))
            upcast.when = *expression;
    }
    const auto rename = node.member("rename");
    const auto set = node.member("set");
    if (rename)
        readMoves(*rename, upcast);
    if (set)
        readChanges(*set, upcast);
    if (node.value().isObject() && !rename && !set) {
        node.fail(DomainText::tr("an upcast says what to do with the data: add \"set\", such as "
                                 "{\"/currency\": \"'EUR'\"}, or \"rename\", such as "
                                 "{\"/amount\": \"/price\"}"));
    }
    return upcast;
}

} // namespace

QList<Upcast> readUpcasts(const DefinitionNode& node)
{
    QList<Upcast> upcasts;
    for (const DefinitionNode& element : node.elements())
        upcasts.append(readUpcast(element));
    return upcasts;
}

} // namespace eventloupe
