#include "diff/jsondifference.h"
#include "domain/domaintext.h"
#include "domain/example.h"
#include "domain/upcaster.h"
#include "value/json.h"

#include <algorithm>
#include <vector>

namespace eventloupe {

namespace {

using Differences = QList<ExampleDifference>;

/// Examples run with one seed, so that they give the same each time.
CommandContext contextOf(const Example& example)
{
    return { example.now, QStringLiteral("00000000-0000-7000-8000-000000000001"), example.actor,
        QStringLiteral("example"), {} };
}

QString toText(const JsonValue& value)
{
    return QString::fromUtf8(value.toJson());
}

QString toText(const Example::Fact& fact)
{
    return fact.type + u' ' + toText(fact.data);
}

QString toText(const QList<Example::Fact>& facts)
{
    QStringList texts;
    for (const Example::Fact& fact : facts)
        texts.append(toText(fact));
    return texts.isEmpty() ? DomainText::tr("no events") : texts.join(u", ");
}

/// Folds events of an example into a state, one after the other.
class Folding {
public:
    Folding(const std::shared_ptr<const Workspace>& workspace, const QString& stream)
        : m_evolver(workspace)
        , m_upcaster(workspace)
        , m_stream(stream.toUtf8())
        , m_state(m_evolver.initialState(categoryOf(stream)))
    {
    }

    void add(const Example::Fact& fact)
    {
        const QByteArray type = fact.type.toUtf8();
        const QByteArray data = fact.data.toJson();
        const QByteArray metadata = fact.metadata.isNull() ? QByteArray() : fact.metadata.toJson();
        const QByteArray id = "example-" + QByteArray::number(m_state.version + 1);
        EventView event;
        event.position = m_state.version + 1;
        event.version = m_state.version + 1;
        event.stream = viewOf(m_stream);
        event.type = viewOf(type);
        event.time = fact.time;
        event.id = viewOf(id);
        event.data = viewOf(data);
        event.metadata = viewOf(metadata);
        const QString place = DomainText::tr("event %1 %2").arg(event.version).arg(fact.type);
        const auto folded = m_evolver.evolve(m_state, event);
        if (!folded)
            m_faults.append({ place, {}, folded.error().message, true });
        else
            checkSchema(place, event);
    }

    [[nodiscard]] const AggregateState& state() const { return m_state; }
    [[nodiscard]] const Differences& faults() const { return m_faults; }

private:
    /// What is stored in an older shape must come to fit the present one.
    void checkSchema(const QString& place, EventView event)
    {
        QByteArray upcast;
        static_cast<void>(m_upcaster.apply(event, upcast));
        const auto type
            = QString::fromUtf8(event.type.data(), static_cast<qsizetype>(event.type.size()));
        const EventDefinition* definition = m_evolver.workspace()->event(type);
        if (!definition || !definition->schema)
            return;
        const auto data = parseStoredJson(event.data);
        if (!data)
            return;
        for (const SchemaViolation& violation : definition->schema->validate(*data)) {
            m_faults.append({ place + u' ' + QString::fromUtf8(violation.place.toText()),
                DomainText::tr("what the event's schema says"), violation.message });
        }
    }

    Evolver m_evolver;
    Upcaster m_upcaster;
    QByteArray m_stream;
    AggregateState m_state;
    Differences m_faults;
};

QList<Example::Fact> factsOf(const QList<NewEvent>& events)
{
    QList<Example::Fact> facts;
    for (const NewEvent& event : events) {
        const auto data = parseStoredJson(viewOf(event.data));
        const auto metadata = parseStoredJson(viewOf(event.metadata));
        facts.append({ event.type, data ? *data : JsonValue(), metadata ? *metadata : JsonValue(),
            event.time });
    }
    return facts;
}

/// For each two places the length of the longest common sequence of types from there on.
std::vector<std::vector<int>> commonTypes(
    const QList<Example::Fact>& expected, const QList<Example::Fact>& came)
{
    const auto rows = static_cast<std::size_t>(expected.size());
    const auto columns = static_cast<std::size_t>(came.size());
    std::vector<std::vector<int>> common(rows + 1, std::vector<int>(columns + 1, 0));
    for (std::size_t i = rows; i-- > 0;) {
        for (std::size_t j = columns; j-- > 0;) {
            const bool same = expected.at(qsizetype(i)).type == came.at(qsizetype(j)).type;
            common[i][j]
                = same ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
        }
    }
    return common;
}

void compareData(const QString& place, const JsonValue& expected, const JsonValue& came,
    Differences& differences)
{
    const auto text
        = [](const std::optional<JsonValue>& value) { return value ? toText(*value) : QString(); };
    for (const JsonDifference& difference : findDifferences(expected, came, isExpectedJson)) {
        const QString pointer = QString::fromUtf8(difference.place.toText());
        differences.append({ pointer.isEmpty() ? place : place + u' ' + pointer,
            text(difference.old), text(difference.now) });
    }
}

/// Events are compared with those of their type, so that one too many or too few is told as such.
void compareEvents(const QList<Example::Fact>& expected, const QList<Example::Fact>& came,
    Differences& differences)
{
    const auto common = commonTypes(expected, came);
    qsizetype i = 0;
    qsizetype j = 0;
    const auto place = [](qsizetype number, const Example::Fact& fact) {
        return DomainText::tr("event %1 %2").arg(number + 1).arg(fact.type);
    };
    while (i < expected.size() || j < came.size()) {
        const bool both = i < expected.size() && j < came.size();
        if (both && expected.at(i).type == came.at(j).type) {
            compareData(place(j, came.at(j)), expected.at(i).data, came.at(j).data, differences);
            ++i;
            ++j;
        } else if (j == came.size()
            || (both
                && common[std::size_t(i) + 1][std::size_t(j)]
                    >= common[std::size_t(i)][std::size_t(j) + 1])) {
            differences.append({ place(i, expected.at(i)), toText(expected.at(i)), {} });
            ++i;
        } else {
            differences.append({ place(j, came.at(j)), {}, toText(came.at(j)) });
            ++j;
        }
    }
}

void compareState(const Example& example, const AggregateState& state, Differences& differences)
{
    for (const Example::Field& field : example.state) {
        const JsonValue* found = field.place.resolve(state.value);
        const QString place
            = DomainText::tr("state %1").arg(QString::fromUtf8(field.place.toText()));
        if (found)
            compareData(place, field.value, *found, differences);
        else if (!field.value.isNull())
            differences.append({ place, toText(field.value), {} });
    }
    if (example.exists && *example.exists != state.exists) {
        const auto text = [](bool exists) {
            return exists ? DomainText::tr("it exists") : DomainText::tr("it does not exist");
        };
        differences.append(
            { DomainText::tr("existence"), text(*example.exists), text(state.exists) });
    }
}

void compareRejection(const Example& example, const Rejected& rejected, Differences& differences)
{
    const QString& message = rejected.message;
    const bool isBySchema = !rejected.violations.isEmpty();
    const bool isAny = example.rejection == QStringLiteral("*");
    if (example.isRejectedBySchema ? isBySchema
                                   : example.rejection == message || (isAny && !isBySchema))
        return;
    QString expected = example.rejection ? *example.rejection
                                         : toText(example.events.value_or(QList<Example::Fact>()));
    // A slip in the example's own data would hold else.
    if (isAny)
        expected = DomainText::tr("a guard refuses it; where the schema is to, state its message "
                                  "or {\"rejected\": {\"schema\": true}}");
    differences.append({ DomainText::tr("rejection"), expected, message });
}

Differences runCommand(const std::shared_ptr<const Workspace>& workspace, const Example& example)
{
    const CommandDefinition* command = workspace->command(example.command);
    if (!command) {
        return { { DomainText::tr("command"), example.command,
            DomainText::tr("there is no such command in the workspace") } };
    }
    const Decider decider(workspace);
    // A command that the schema rejects may lack what names its stream.
    const auto stream = Decider::streamOf(*command, example.data);
    Folding folding(workspace, stream ? *stream : command->category);
    for (const Example::Fact& fact : example.given)
        folding.add(fact);
    Differences differences = folding.faults();
    if (!differences.isEmpty())
        return differences;
    const auto decision
        = decider.decide(*command, example.data, folding.state(), contextOf(example));
    if (!decision)
        return { { DomainText::tr("command"), {}, decision.error().message, true } };
    if (const auto* rejected = std::get_if<Rejected>(&*decision)) {
        compareRejection(example, *rejected, differences);
    } else {
        const auto events = factsOf(std::get<Accepted>(*decision).events);
        if (example.rejection)
            differences.append({ DomainText::tr("rejection"), *example.rejection, toText(events) });
        else if (example.events)
            compareEvents(*example.events, events, differences);
        for (const Example::Fact& fact : events)
            folding.add(fact);
        differences.append(folding.faults());
    }
    compareState(example, folding.state(), differences);
    return differences;
}

} // namespace

QList<ExampleDifference> runExample(
    const std::shared_ptr<const Workspace>& workspace, const Example& example)
{
    if (!example.command.isEmpty())
        return runCommand(workspace, example);
    Folding folding(workspace, example.stream);
    for (const Example::Fact& fact : example.given)
        folding.add(fact);
    Differences differences = folding.faults();
    compareState(example, folding.state(), differences);
    return differences;
}

} // namespace eventloupe
