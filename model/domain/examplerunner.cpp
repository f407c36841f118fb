#include "domain/domaintext.h"
#include "domain/example.h"
#include "value/json.h"

#include <algorithm>

namespace eventloupe {

namespace {

/// Examples run at one moment with one seed, so that they give the same each time.
CommandContext fixedContext()
{
    constexpr qint64 moment = 1'772'373'802'000'000; // 2026-03-01T14:03:22Z
    return { Timestamp { moment }, QStringLiteral("00000000-0000-7000-8000-000000000001"), {},
        QStringLiteral("example") };
}

AggregateState foldGiven(
    const Evolver& evolver, const QString& stream, const QList<Example::Fact>& given)
{
    AggregateState state = evolver.initialState(categoryOf(stream));
    const QByteArray streamBytes = stream.toUtf8();
    for (const Example::Fact& fact : given) {
        const QByteArray type = fact.type.toUtf8();
        const QByteArray data = fact.data.toJson();
        EventView event;
        event.position = state.version + 1;
        event.version = state.version + 1;
        event.stream = viewOf(streamBytes);
        event.type = viewOf(type);
        event.time = fixedContext().now;
        event.data = viewOf(data);
        static_cast<void>(evolver.evolve(state, event));
    }
    return state;
}

bool fits(const JsonValue& expected, const JsonValue& actual)
{
    if (expected.isString() && expected.toUtf8() == "*")
        return true;
    if (expected.type() == JsonValue::Type::Object && actual.isObject()) {
        const auto members = expected.members();
        return expected.size() == actual.size()
            && std::all_of(members.begin(), members.end(), [&](const JsonValue::Member& member) {
                   const JsonValue* other = actual.find(viewOf(member.key));
                   return other && fits(member.value, *other);
               });
    }
    const auto left = expected.elements();
    const auto right = actual.elements();
    if (expected.isArray() && actual.isArray())
        return std::equal(left.begin(), left.end(), right.begin(), right.end(), fits);
    return expected == actual;
}

QString toText(const QList<Example::Fact>& facts)
{
    QStringList texts;
    for (const Example::Fact& fact : facts)
        texts.append(fact.type + u' ' + QString::fromUtf8(fact.data.toJson()));
    return texts.isEmpty() ? DomainText::tr("no events") : texts.join(u", ");
}

QList<Example::Fact> factsOf(const QList<NewEvent>& events)
{
    QList<Example::Fact> facts;
    for (const NewEvent& event : events) {
        const auto data = parseStoredJson(viewOf(event.data));
        facts.append({ event.type, data ? *data : JsonValue() });
    }
    return facts;
}

std::optional<QString> compareEvents(const Example& example, const QList<NewEvent>& events)
{
    const QList<Example::Fact> facts = factsOf(events);
    const bool same = !example.rejection
        && std::equal(facts.begin(), facts.end(), example.events.begin(), example.events.end(),
            [](const Example::Fact& actual, const Example::Fact& expected) {
                return actual.type == expected.type && fits(expected.data, actual.data);
            });
    if (same)
        return {};
    const QString expected = example.rejection
        ? DomainText::tr("a rejection, \"%1\"").arg(*example.rejection)
        : toText(example.events);
    return DomainText::tr("expected %1; came %2").arg(expected, toText(facts));
}

std::optional<QString> compareRejection(const Example& example, const QString& message)
{
    if (example.rejection == message)
        return {};
    const QString expected = example.rejection
        ? DomainText::tr("a rejection, \"%1\"").arg(*example.rejection)
        : toText(example.events);
    return DomainText::tr("expected %1; came a rejection, \"%2\"").arg(expected, message);
}

} // namespace

std::optional<QString> runExample(
    const std::shared_ptr<const Workspace>& workspace, const Example& example)
{
    const CommandDefinition* command = workspace->command(example.command);
    if (!command)
        return DomainText::tr("there is no command '%1' in the workspace").arg(example.command);
    const Decider decider(workspace);
    // A command that the schema rejects may lack what names its stream.
    const auto stream = decider.streamOf(*command, example.data);
    const Evolver evolver(workspace);
    const AggregateState state
        = foldGiven(evolver, stream ? *stream : command->category, example.given);
    if (state.failedVersion > 0)
        return state.failure;
    const auto decision = decider.decide(*command, example.data, state, fixedContext());
    if (!decision)
        return decision.error().message;
    if (const auto* accepted = std::get_if<Accepted>(&*decision))
        return compareEvents(example, accepted->events);
    return compareRejection(example, std::get<Rejected>(*decision).message);
}

} // namespace eventloupe
