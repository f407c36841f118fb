#include "domain/decider.h"

#include "domain/derivedid.h"
#include "domain/domaintext.h"
#include "domain/variables.h"
#include "value/uuid.h"

#include <array>

namespace eventloupe {

namespace {

/// What the expressions of one command see.
struct Scope {
    std::array<Value, CommandVariable::names.size()> variables;
    HostCall host; ///< uuid()
};

JsonValue commandValue(const CommandDefinition& command, const CommandContext& context)
{
    JsonValue value = JsonValue::emptyObject();
    value.insert("name", JsonValue::fromString(command.name));
    value.insert("id", JsonValue::fromString(context.commandId));
    value.insert("actor", JsonValue::fromString(context.actor));
    return value;
}

Scope scopeFor(const CommandDefinition& command, const JsonValue& data, const AggregateState& state,
    const CommandContext& context)
{
    Scope scope;
    auto& variables = scope.variables;
    variables[CommandVariable::State] = Value::fromJson(state.value);
    variables[CommandVariable::Exists] = Value::fromBool(state.exists);
    variables[CommandVariable::Version] = Value::fromInt(state.version);
    variables[CommandVariable::Data] = Value::fromJson(data);
    variables[CommandVariable::Command] = Value::fromJson(commandValue(command, context));
    variables[CommandVariable::Now] = Value::fromTimestamp(context.now);
    scope.host = [context, number = quint32(0)](std::size_t) mutable {
        return Value::fromString(deriveUuid(context, IdPurpose::Expression, number++));
    };
    return scope;
}

/// "/name is required; /email must be ..."
QString toText(const QList<SchemaViolation>& violations)
{
    constexpr qsizetype shown = 5;
    QStringList texts;
    for (const SchemaViolation& violation : violations.mid(0, shown)) {
        const QString place = QString::fromUtf8(violation.place.toText());
        texts.append(place.isEmpty() ? DomainText::tr("the data %1").arg(violation.message)
                                     : place + u' ' + violation.message);
    }
    if (violations.size() > shown)
        texts.append(DomainText::tr("and %1 more").arg(violations.size() - shown));
    return texts.join(QStringLiteral("; "));
}

Error inCommand(const CommandDefinition& command, const QString& part, const Error& error)
{
    return { error.code,
        DomainText::tr("commands/%1.json, %2: %3").arg(command.name, part, error.message) };
}

QString messageOf(const Guard& guard, const Scope& scope)
{
    if (guard.messageText) {
        const auto text = guard.messageText->evaluate(scope.variables, scope.host);
        if (text)
            return QString::fromUtf8(*text);
    }
    return guard.message;
}

/// The message of the first guard that is false.
Result<std::optional<QString>> firstRefusal(const CommandDefinition& command, const Scope& scope)
{
    for (qsizetype i = 0; i < command.guards.size(); ++i) {
        const Guard& guard = command.guards.at(i);
        const auto holds = guard.that.test(scope.variables, scope.host);
        if (!holds) {
            return inCommand(command, QStringLiteral("/require/%1/that").arg(i), holds.error());
        }
        if (!*holds)
            return std::optional<QString>(messageOf(guard, scope));
    }
    return std::optional<QString>();
}

Result<JsonValue> emittedData(const Emission& emission, const Scope& scope)
{
    JsonValue data = emission.dataSource;
    for (const auto& [place, expression] : emission.dataExpressions) {
        const auto value = expression.evaluate(scope.variables, scope.host);
        if (!value)
            return value.error();
        auto json = value->toJson();
        if (!json)
            return json.error();
        const auto done = place.set(data, std::move(json).value());
        if (!done)
            return done.error();
    }
    return data;
}

QByteArray metadataOf(const CommandDefinition& command, const CommandContext& context)
{
    JsonValue metadata = JsonValue::emptyObject();
    metadata.insert("correlationId",
        JsonValue::fromString(
            context.correlationId.isEmpty() ? context.commandId : context.correlationId));
    metadata.insert("causationId", JsonValue::fromString(context.commandId));
    if (!context.actor.isEmpty())
        metadata.insert("actor", JsonValue::fromString(context.actor));
    metadata.insert("command", JsonValue::fromString(command.name));
    return metadata.toJson();
}

/// What an event's data lacks of its schema; empty when it fits.
QString schemaFault(const Workspace& workspace, const QString& type, const JsonValue& data)
{
    const EventDefinition* event = workspace.event(type);
    if (!event || !event->schema)
        return {};
    const auto violations = event->schema->validate(data);
    if (violations.isEmpty())
        return {};
    return DomainText::tr("does not fit the schema of the event %1: %2")
        .arg(type, toText(violations));
}

Result<QList<NewEvent>> emittedEvents(const Workspace& workspace, const CommandDefinition& command,
    const Scope& scope, const CommandContext& context)
{
    QList<NewEvent> events;
    for (qsizetype i = 0; i < command.emissions.size(); ++i) {
        const Emission& emission = command.emissions.at(i);
        const QString place = QStringLiteral("/emit/%1").arg(i);
        if (emission.when) {
            const auto wanted = emission.when->test(scope.variables, scope.host);
            if (!wanted)
                return inCommand(command, place + QStringLiteral("/when"), wanted.error());
            if (!*wanted)
                continue;
        }
        const auto data = emittedData(emission, scope);
        if (!data)
            return inCommand(command, place + QStringLiteral("/data"), data.error());
        const QString fault = schemaFault(workspace, emission.type, *data);
        if (!fault.isEmpty()) {
            return inCommand(
                command, place + QStringLiteral("/data"), Error { ErrorCode::InvalidInput, fault });
        }
        const auto number = static_cast<quint32>(events.size());
        events.append({ emission.type, data->toJson(), metadataOf(command, context), context.now,
            QString::fromLatin1(deriveUuid(context, IdPurpose::Event, number)) });
    }
    return events;
}

} // namespace

CommandContext CommandContext::make(const QString& actor)
{
    return { Timestamp::now(), makeUuidV7(), actor, makeUuidV7(), {} };
}

Decider::Decider(std::shared_ptr<const Workspace> workspace)
    : m_workspace(std::move(workspace))
{
}

JsonValue Decider::completed(const CommandDefinition& command, const JsonValue& data)
{
    return command.schema.withDefaults(data);
}

Result<QString> Decider::streamOf(const CommandDefinition& command, const JsonValue& data)
{
    const std::array<Value, StreamVariable::names.size()> variables { Value::fromJson(
        completed(command, data)) };
    const auto name = command.stream.evaluate(variables);
    if (!name) {
        return Error { ErrorCode::InvalidInput,
            DomainText::tr("the stream of %1 cannot be named: %2")
                .arg(command.name, name.error().message) };
    }
    // Without its expressions' text the name would be shared by all aggregates of its category.
    if (!command.stream.expressions().isEmpty() && *name == command.stream.literals().join()) {
        return Error { ErrorCode::InvalidInput,
            DomainText::tr("the stream of %1 cannot be named: what names it is empty")
                .arg(command.name) };
    }
    return QString::fromUtf8(*name);
}

Result<Decision> Decider::decide(const CommandDefinition& command, const JsonValue& data,
    const AggregateState& state, const CommandContext& context) const
{
    const JsonValue full = completed(command, data);
    auto violations = command.schema.validate(full);
    if (!violations.isEmpty()) {
        const QString message = toText(violations);
        return Decision(Rejected { message, std::move(violations) });
    }
    auto stream = streamOf(command, full);
    if (!stream)
        return stream.error();
    const Scope scope = scopeFor(command, full, state, context);
    const auto refusal = firstRefusal(command, scope);
    if (!refusal)
        return refusal.error();
    if (*refusal)
        return Decision(Rejected { **refusal, {} });
    auto events = emittedEvents(*m_workspace, command, scope, context);
    if (!events)
        return events.error();
    return Decision(Accepted { std::move(stream).value(), std::move(events).value() });
}

} // namespace eventloupe
