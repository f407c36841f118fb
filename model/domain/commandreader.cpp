#include "domain/definitionreaders.h"

#include "domain/domaintext.h"
#include "domain/nearname.h"
#include "domain/variables.h"
#include "value/event.h"

namespace eventloupe {

namespace {

Guard readGuard(const DefinitionNode& node)
{
    Guard guard;
    static_cast<void>(node.members());
    node.expectMembers({ QStringLiteral("that"), QStringLiteral("message") });
    if (const auto that = node.required("that")) {
        if (auto expression = that->expression(CommandVariable::scope))
            guard.that = *expression;
        guard.message = DomainText::tr("this must hold: %1").arg(that->value().toString());
    }
    if (const auto message = node.member("message")) {
        guard.message = message->value().toString();
        guard.messageText = message->textTemplate(CommandVariable::scope);
    }
    return guard;
}

/// Collects the expressions at the leaves of an emission's data.
void readData(const DefinitionNode& node, const JsonPointer& place, Emission& emission)
{
    if (node.value().isString()) {
        if (auto expression = node.expression(CommandVariable::scope))
            emission.dataExpressions.append({ place, *expression });
        return;
    }
    if (!node.value().isObject() && !node.value().isArray())
        return;
    for (const DefinitionNode& child : node.value().isObject() ? node.members() : node.elements())
        readData(child, JsonPointer(place.tokens() + QList { child.name() }), emission);
}

/// A command is decided on one stream's state, so its events are that stream's.
void checkStream(const DefinitionNode& stream, const QString& own)
{
    if (stream.value().isString() && stream.value().toString() == own)
        return;
    stream.fail(DomainText::tr("a command's events go to its own stream, \"%1\": leave \"stream\" "
                               "out; what happens to another stream is a command of that stream")
                    .arg(own));
}

Emission readEmission(const DefinitionNode& node, const QString& stream)
{
    Emission emission;
    static_cast<void>(node.members());
    node.expectMembers({ QStringLiteral("type"), QStringLiteral("data"), QStringLiteral("when"),
        QStringLiteral("stream") });
    if (const auto other = node.member("stream"))
        checkStream(*other, stream);
    if (const auto type = node.required("type")) {
        emission.type = type->text();
        if (type->value().isString() && emission.type.isEmpty())
            type->fail(DomainText::tr("an event's type is not empty"));
    }
    if (const auto when = node.member("when"))
        emission.when = when->expression(CommandVariable::scope);
    if (const auto data = node.member("data")) {
        emission.dataSource = data->value();
        readData(*data, {}, emission);
        if (!data->value().isString() && !data->value().isObject()) {
            data->fail(DomainText::tr("must be an expression such as \"data\", or an object whose "
                                      "texts are expressions"));
        }
    } else if (auto whole = Expression::compile("data", CommandVariable::scope)) {
        emission.dataExpressions.append({ JsonPointer(), *whole });
    }
    return emission;
}

bool readConflictRule(const DefinitionNode& node)
{
    const QStringList rules { QStringLiteral("ask"), QStringLiteral("retry") };
    const QString rule = node.value().toString();
    if (!node.value().isString() || !rules.contains(rule)) {
        node.fail(DomainText::tr("must be \"retry\", which decides again on the newest state, or "
                                 "\"ask\"")
            + (node.value().isString() ? didYouMean(rule, rules) : QString()));
    }
    return rule == rules.last();
}

/// "user" of "user-{data.id}"; nothing when the category depends on the data.
QString categoryOfTemplate(const TextTemplate& stream)
{
    const QString literal = QString::fromUtf8(stream.literals().value(0));
    if (literal.contains(u'-') || stream.expressions().isEmpty())
        return categoryOf(literal);
    return {};
}

} // namespace

CommandDefinition readCommand(DefinitionFile& file)
{
    const DefinitionNode root(file);
    root.expectMembers({ QStringLiteral("title"), QStringLiteral("description"),
        QStringLiteral("stream"), QStringLiteral("schema"), QStringLiteral("require"),
        QStringLiteral("emit"), QStringLiteral("onConflict") });
    CommandDefinition command;
    command.name = file.baseName();
    command.title = root.text("title", command.name);
    command.description = root.text("description", {});
    if (const auto stream = root.required("stream")) {
        if (auto compiled = stream->textTemplate(StreamVariable::scope)) {
            command.stream = *compiled;
            command.category = categoryOfTemplate(command.stream);
        }
    }
    if (const auto schema = root.member("schema")) {
        if (auto compiled = schema->schema())
            command.schema = *compiled;
    }
    if (const auto guards = root.member("require")) {
        for (const DefinitionNode& guard : guards->elements())
            command.guards.append(readGuard(guard));
    }
    if (const auto emissions = root.required("emit")) {
        const JsonValue* stream = root.value().find("stream");
        for (const DefinitionNode& emission : emissions->elements())
            command.emissions.append(
                readEmission(emission, stream ? stream->toString() : QString()));
    }
    if (const auto rule = root.member("onConflict"))
        command.retriesOnConflict = readConflictRule(*rule);
    return command;
}

} // namespace eventloupe
