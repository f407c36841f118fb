#include "testcase/commandguess.h"

#include "domain/decider.h"
#include "diff/jsondifference.h"
#include "domain/variables.h"
#include "value/json.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace eventloupe {

namespace {

/// Guesses that are left out one by one; each try is one decision.
constexpr qsizetype mostGuesses = 40;

struct Guess {
    JsonPointer place; ///< In the command's data.
    JsonValue value;
};

struct Guesses {
    JsonValue sure = JsonValue::emptyObject(); ///< Expressions that are just a member of the data.
    QList<Guess> maybe;

    void add(const JsonPointer& place, const JsonValue& value)
    {
        const auto known = std::any_of(maybe.cbegin(), maybe.cend(),
            [&place](const Guess& guess) { return guess.place == place; });
        if (!known && !place.resolve(sure) && maybe.size() < mostGuesses)
            maybe.append({ place, value });
    }
};

/// "/address/city" of "data.address.city"; nothing for any other expression.
std::optional<JsonPointer> memberOf(const Expression& expression)
{
    static const QRegularExpression path(
        QStringLiteral("\\A\\s*data((?:\\s*\\.\\s*[A-Za-z_][A-Za-z0-9_]*)+)\\s*\\z"));
    const auto match = path.match(QString::fromUtf8(expression.source()));
    if (!match.hasMatch())
        return std::nullopt;
    QList<QByteArray> tokens;
    for (const QString& name : match.captured(1).split(u'.', Qt::SkipEmptyParts))
        tokens.append(name.trimmed().toUtf8());
    return JsonPointer(tokens);
}

bool isWhole(const Expression& expression)
{
    return expression.source().trimmed() == "data";
}

/// Finds the texts between a template's literals in a stream's name.
void learnFromStream(const CommandDefinition& command, const QString& stream, Guesses& guesses)
{
    const auto& literals = command.stream.literals();
    QString pattern = QStringLiteral("\\A");
    for (qsizetype i = 0; i < literals.size(); ++i) {
        pattern += QRegularExpression::escape(QString::fromUtf8(literals.at(i)));
        if (i + 1 < literals.size())
            pattern += i + 2 < literals.size() ? QStringLiteral("(.+?)") : QStringLiteral("(.+)");
    }
    const QRegularExpression whole(pattern + QStringLiteral("\\z"));
    const auto match = whole.match(stream);
    if (!match.hasMatch())
        return;
    for (qsizetype i = 0; i < command.stream.expressions().size(); ++i) {
        if (const auto place = memberOf(command.stream.expressions().at(i)))
            static_cast<void>(place->set(
                guesses.sure, JsonValue::fromString(match.captured(int(i) + 1))));
    }
}

/// What an expression that is more than a member reads of the data may be what it gave, or the
/// member of that which has the name.
void learnReads(const Expression& expression, const JsonValue& value, Guesses& guesses)
{
    const auto reads = expression.reads();
    if (!reads)
        return;
    for (const auto& field : reads->fields) {
        if (field.variable != CommandVariable::Data)
            continue;
        QList<QByteArray> tokens;
        for (const QByteArray& name : field.names)
            tokens.append(name);
        const JsonValue* named = tokens.isEmpty() ? nullptr : value.find(viewOf(tokens.last()));
        if (named || !value.isObject())
            guesses.add(JsonPointer(tokens), named ? *named : value);
    }
}

/// A condition of an event tells of the data, too: "data.gift", "data.state == 'damaged'".
void learnCondition(const Expression& condition, bool holds, Guesses& guesses)
{
    if (const auto member = memberOf(condition)) {
        guesses.add(*member, JsonValue::fromBool(holds));
        return;
    }
    static const QRegularExpression equality(
        QStringLiteral("\\A\\s*(data[A-Za-z0-9_.]+)\\s*==\\s*(['\"])([^'\"\\\\]*)\\2\\s*\\z"));
    const auto match = equality.match(QString::fromUtf8(condition.source()));
    if (!holds || !match.hasMatch())
        return;
    QList<QByteArray> tokens = match.captured(1).toUtf8().split('.');
    tokens.removeFirst();
    if (!tokens.isEmpty())
        guesses.add(JsonPointer(tokens), JsonValue::fromString(match.captured(3)));
}

void learnFromEvent(const CommandDefinition& command, const Emission& emission,
    const JsonValue& data, Guesses& guesses)
{
    // Members of the same name are most often the same.
    const JsonValue* properties = command.schema.document().find("properties");
    for (const auto& member : data.members()) {
        if (properties && properties->find(viewOf(member.key)))
            guesses.add(JsonPointer({ member.key }), member.value);
    }
    const bool isAll = emission.dataExpressions.isEmpty() && emission.dataSource.isNull();
    for (const auto& [place, expression] : emission.dataExpressions) {
        const JsonValue* value = place.resolve(data);
        if (!value)
            continue;
        if (isWhole(expression) && value->isObject()) {
            for (const auto& member : value->members())
                guesses.sure.insert(member.key, member.value);
        } else if (const auto member = memberOf(expression)) {
            static_cast<void>(member->set(guesses.sure, *value));
        } else {
            learnReads(expression, *value, guesses);
        }
    }
    if (isAll && data.isObject()) {
        for (const auto& member : data.members())
            guesses.sure.insert(member.key, member.value);
    }
}

Guesses guessesFor(const CommandDefinition& command, const CommandScene& scene)
{
    Guesses guesses;
    learnFromStream(command, scene.stream, guesses);
    for (const Emission& emission : command.emissions) {
        const bool isThere = std::any_of(scene.events.cbegin(), scene.events.cend(),
            [&emission](const Event& event) { return event.type == emission.type; });
        if (emission.when)
            learnCondition(*emission.when, isThere, guesses);
    }
    for (const Event& event : scene.events) {
        const auto data = parseStoredJson(viewOf(event.data));
        if (!data)
            continue;
        for (const Emission& emission : command.emissions) {
            if (emission.type == event.type)
                learnFromEvent(command, emission, *data, guesses);
        }
    }
    return guesses;
}

/// The sure data with all guesses but `without`; -1: with all, -2: with none.
JsonValue dataOf(const Guesses& guesses, qsizetype without)
{
    JsonValue data = guesses.sure;
    // What is sure of the later emissions was a guess before.
    for (qsizetype i = 0; without != -2 && i < guesses.maybe.size(); ++i) {
        if (i != without && !guesses.maybe.at(i).place.resolve(guesses.sure))
            static_cast<void>(guesses.maybe.at(i).place.set(data, guesses.maybe.at(i).value));
    }
    return data;
}

/// Texts of the stream's name that the schema wants as numbers.
JsonValue withNumbers(const JsonValue& data)
{
    JsonValue numbers = data;
    for (const auto& member : data.members()) {
        if (!member.value.isString())
            continue;
        const auto number = parseJson(member.value.toView());
        if (number && number->isNumber())
            numbers.insert(member.key, *number);
    }
    return numbers;
}

std::optional<CommandGuess> tryData(const Decider& decider, const CommandDefinition& command,
    const CommandScene& scene, const JsonValue& data)
{
    const auto decision = decider.decide(command, data, scene.before, scene.context);
    if (!decision || !std::holds_alternative<Accepted>(*decision))
        return std::nullopt;
    const auto& accepted = std::get<Accepted>(*decision);
    if (accepted.stream != scene.stream)
        return std::nullopt;
    auto expected = matchEvents(scene.events, accepted.events, command);
    if (!expected)
        return std::nullopt;
    return CommandGuess { command.name, data, std::move(*expected) };
}

std::optional<CommandGuess> tryCommand(const Decider& decider, const CommandDefinition& command,
    const CommandScene& scene, const CancelToken& cancel)
{
    const Guesses guesses = guessesFor(command, scene);
    QList<qsizetype> orders { -1 };
    for (qsizetype i = 0; i < guesses.maybe.size(); ++i)
        orders.append(i);
    orders.append(-2);
    for (const qsizetype without : orders) {
        if (cancel.isCancelled())
            return std::nullopt;
        const JsonValue data = dataOf(guesses, without);
        if (auto found = tryData(decider, command, scene, data))
            return found;
        const JsonValue numbers = withNumbers(data);
        if (auto found = numbers == data ? std::nullopt
                                         : tryData(decider, command, scene, numbers))
            return found;
    }
    return std::nullopt;
}

bool mayBe(const CommandDefinition& command, const CommandScene& scene)
{
    if (!scene.command.isEmpty())
        return command.name == scene.command;
    if (!command.category.isEmpty() && command.category != categoryOf(scene.stream))
        return false;
    return std::all_of(scene.events.cbegin(), scene.events.cend(), [&command](const Event& event) {
        return std::any_of(command.emissions.cbegin(), command.emissions.cend(),
            [&event](const Emission& emission) { return emission.type == event.type; });
    });
}

/// Where a command's events have another value each time.
QList<JsonPointer> placesOfHost(const CommandDefinition& command, const QString& type)
{
    QList<JsonPointer> places;
    for (const Emission& emission : command.emissions) {
        if (emission.type != type)
            continue;
        for (const auto& [place, expression] : emission.dataExpressions) {
            if (expression.usesHost())
                places.append(place);
        }
    }
    return places;
}

bool isWithin(const JsonPointer& place, const QList<JsonPointer>& places)
{
    return std::any_of(places.cbegin(), places.cend(), [&place](const JsonPointer& outer) {
        return place.tokens().mid(0, outer.tokens().size()) == outer.tokens();
    });
}

} // namespace

std::optional<QList<Example::Fact>> matchEvents(const QList<Event>& expected,
    const QList<NewEvent>& came, const CommandDefinition& command)
{
    if (expected.size() != came.size())
        return std::nullopt;
    QList<Example::Fact> facts;
    for (qsizetype i = 0; i < expected.size(); ++i) {
        const Event& event = expected.at(i);
        if (event.type != came.at(i).type)
            return std::nullopt;
        const auto stored = parseStoredJson(viewOf(event.data));
        const auto decided = parseStoredJson(viewOf(came.at(i).data));
        if (!stored || !decided)
            return std::nullopt;
        const auto anyValue = placesOfHost(command, event.type);
        JsonValue data = *stored;
        for (const JsonDifference& difference : findDifferences(*stored, *decided)) {
            if (!isWithin(difference.place, anyValue) || !difference.old
                || !difference.old->isString())
                return std::nullopt;
            static_cast<void>(difference.place.set(data, JsonValue::fromString(QByteArray("*"))));
        }
        facts.append({ event.type, data, {}, {} });
    }
    return facts;
}

std::optional<CommandGuess> guessCommand(
    const Evolver& evolver, const CommandScene& scene, const CancelToken& cancel)
{
    const Decider decider(evolver.workspace());
    std::optional<CommandGuess> best;
    for (const CommandDefinition& command : evolver.workspace()->commands()) {
        if (!mayBe(command, scene))
            continue;
        auto found = tryCommand(decider, command, scene, cancel);
        if (found && (!best || found->data.size() > best->data.size()))
            best = std::move(found);
    }
    return best;
}

} // namespace eventloupe
