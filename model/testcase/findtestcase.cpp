#include "testcase/findtestcase.h"

#include "diff/jsondifference.h"
#include "domain/decider.h"
#include "mask/masks.h"
#include "store/maskedeventstore.h"
#include "testcase/commandguess.h"
#include "testcase/testcasetext.h"
#include "value/json.h"

#include <algorithm>
#include <span>

namespace eventloupe {

namespace {

constexpr int page = 1000;
/// Places of a state that an example without a command states.
constexpr qsizetype mostFields = 100;

Error cancelled()
{
    return { ErrorCode::Cancelled, TestCaseText::tr("cancelled") };
}

/// What the metadata says of the command that an event came from, as model/domain writes it.
struct Origin {
    QString command;
    QString id;
    QString actor;
    QString correlation;
    bool isMasked = false; ///< Nobody is told which command it was.
};

void noteMasks(const Evolver& evolver, const Event& event, Origin& origin)
{
    const auto masked
        = evolver.workspace()->masks()->ofEvent(event.type, categoryOf(event.stream)).metadata;
    origin.isMasked = !origin.command.isEmpty() && masked.touches({ QByteArrayLiteral("command") });
}

Origin originOf(const Event& event)
{
    const auto metadata = parseStoredJson(viewOf(event.metadata));
    const auto text = [&metadata](const char* name) {
        const JsonValue* value = metadata && metadata->isObject() ? metadata->find(name) : nullptr;
        return value ? value->toString() : QString();
    };
    return { text("command"), text("causationId"), text("actor"), text("correlationId"), false };
}

Result<std::vector<Event>> readHistory(
    EventStore& store, StreamId stream, Position upTo, const CancelToken& cancel)
{
    std::vector<Event> events;
    for (;;) {
        if (cancel.isCancelled())
            return cancelled();
        const StreamVersion after = events.empty() ? 0 : events.back().version;
        const auto next = store.readStream(stream, after, upTo, page);
        if (!next)
            return next.error();
        if (next->isEmpty())
            return events;
        events.insert(events.end(), next->cbegin(), next->cend());
        if (StreamVersion(events.size()) > longestHistory) {
            return Error { ErrorCode::Unsupported,
                TestCaseText::tr("the stream has more than %1 events before this one: a test "
                                 "needs an event nearer to its beginning")
                    .arg(longestHistory) };
        }
    }
}

/// Of the events up to the one asked for, those of the same command are taken off the history.
QList<Event> takeOwn(std::vector<Event>& history, const Origin& origin)
{
    QList<Event> own { history.back() };
    history.pop_back();
    while (!origin.id.isEmpty() && !history.empty() && originOf(history.back()).id == origin.id) {
        own.prepend(history.back());
        history.pop_back();
    }
    return own;
}

/// The events of the same command after the one asked for.
Result<void> addLater(EventStore& store, const Origin& origin, QList<Event>& own, Position head)
{
    if (origin.id.isEmpty())
        return {};
    const auto later = store.readStream(own.last().streamId, own.last().version, head, page);
    if (!later)
        return later.error();
    for (const Event& event : *later) {
        if (originOf(event).id != origin.id)
            break;
        own.append(event);
    }
    return {};
}

/// A place, or the list that it is inside of: an element that came or went moves the others.
JsonPointer wholeList(const JsonPointer& place, const JsonValue& state)
{
    for (qsizetype depth = 0; depth < place.tokens().size(); ++depth) {
        const JsonPointer outer(place.tokens().first(depth));
        const JsonValue* value = outer.resolve(state);
        if (value && value->isArray())
            return outer;
    }
    return place;
}

/// What the state became where there is no command: the places that the event changed.
void stateAfter(const Evolver& evolver, const AggregateState& before, TestCase& testCase)
{
    AggregateState after = before;
    for (const Event& event : testCase.when)
        foldNext(evolver, event, after);
    testCase.exists = after.exists;
    for (const JsonDifference& change : findDifferences(before.value, after.value)) {
        if (testCase.state.size() == mostFields) {
            testCase.notes.append(
                TestCaseText::tr("Only the first %1 of the changed fields are stated")
                    .arg(mostFields));
            return;
        }
        const auto place = wholeList(change.place, after.value);
        if (!testCase.state.isEmpty() && testCase.state.last().place == place)
            continue;
        const JsonValue* value = place.resolve(after.value);
        testCase.state.append({ place, value ? *value : JsonValue() });
    }
}

void useEventItself(const Evolver& evolver, const AggregateState& before, const QList<Event>& own,
    const Origin& origin, TestCase& testCase)
{
    testCase.when = own;
    if (origin.command.isEmpty())
        testCase.notes.append(TestCaseText::tr(
            "No command of the workspace gives this event from what is known, so the event itself "
            "is what happens, and the state is what is tested."));
    else if (origin.isMasked)
        testCase.notes.append(
            TestCaseText::tr("The workspace masks which command it came from, so the event itself "
                             "is what happens."));
    else if (!evolver.workspace()->command(origin.command))
        testCase.notes.append(
            TestCaseText::tr("It came from the command %1, which the workspace does not define, so "
                             "the event itself is what happens.")
                .arg(origin.command));
    else
        testCase.notes.append(
            TestCaseText::tr("It came from the command %1, whose data cannot be worked out of its "
                             "events, so the event itself is what happens.")
                .arg(origin.command));
    stateAfter(evolver, before, testCase);
}

void useCommand(const CommandGuess& guess, const Origin& origin, TestCase& testCase)
{
    testCase.command = guess.command;
    testCase.data = guess.data;
    testCase.events = guess.expected;
    if (origin.isMasked) {
        testCase.notes.append(TestCaseText::tr("The workspace masks which command it came from; "
                                               "its data is worked out of its events."));
        return;
    }
    testCase.notes.append(origin.command.isEmpty()
            ? TestCaseText::tr("The command is not recorded: %1 gives this event, with data worked "
                               "out of it.")
                  .arg(guess.command)
            : TestCaseText::tr("The command %1 is recorded; its data is worked out of its events.")
                  .arg(guess.command));
}

QString titleOf(const TestCase& testCase, const QString& what)
{
    return testCase.hasCommand() && !testCase.isCommandMasked
        ? TestCaseText::tr("%1 gives %2").arg(testCase.command, what)
        : TestCaseText::tr("%1 at version %2").arg(what).arg(testCase.history + 1);
}

TestCase begin(const QString& stream, std::vector<Event> given)
{
    TestCase testCase;
    testCase.stream = stream;
    testCase.history = given.size();
    testCase.given = std::move(given);
    return testCase;
}

TestCase rejectedCase(const Evolver& evolver, const IssuedCommand& issued, const QString& stream,
    std::vector<Event> given, const Decision& decision)
{
    TestCase testCase = begin(stream, std::move(given));
    testCase.command = issued.name;
    testCase.data = issued.data;
    testCase.now = issued.context.now;
    testCase.actor = issued.context.actor;
    if (const auto* rejected = std::get_if<Rejected>(&decision)) {
        testCase.rejection = rejected->message;
        testCase.isRejectedBySchema = !rejected->violations.isEmpty();
        testCase.title = TestCaseText::tr("%1 is refused").arg(issued.name);
    } else {
        testCase.title = TestCaseText::tr("%1 gives nothing").arg(issued.name);
    }
    testCase.notes.append(TestCaseText::tr("The command as it was issued."));
    prove(evolver.workspace(), testCase);
    return testCase;
}

Result<TestCase> caseOfEvents(const Evolver& evolver, std::vector<Event> history,
    const QList<Event>& own, const IssuedCommand* issued, const CancelToken& cancel)
{
    Origin origin = originOf(own.first());
    noteMasks(evolver, own.first(), origin);
    CommandScene scene;
    scene.stream = own.first().stream;
    scene.before = foldEvents(evolver, scene.stream, history);
    scene.events = own;
    scene.command = origin.command;
    scene.context = { own.first().time, origin.id, origin.actor, QStringLiteral("example"),
        origin.correlation };
    TestCase testCase = begin(scene.stream, std::move(history));
    testCase.position = own.last().position;
    testCase.now = scene.context.now;
    testCase.actor = origin.actor;
    std::optional<CommandGuess> guess;
    if (issued && evolver.workspace()->command(issued->name)) {
        QList<Example::Fact> facts;
        for (const Event& event : own) {
            const auto data = parseStoredJson(viewOf(event.data));
            facts.append({ event.type, data ? *data : JsonValue(), {}, {} });
        }
        guess = CommandGuess { issued->name, issued->data, facts };
    } else {
        guess = guessCommand(evolver, scene, cancel);
    }
    if (cancel.isCancelled())
        return cancelled();
    if (guess)
        useCommand(*guess, origin, testCase);
    else
        useEventItself(evolver, scene.before, own, origin, testCase);
    testCase.isCommandMasked = origin.isMasked && !issued; // What was typed may be seen.
    if (issued)
        testCase.notes = { TestCaseText::tr("The command as it was issued.") };
    testCase.title = titleOf(testCase, own.last().type);
    prove(evolver.workspace(), testCase);
    return testCase;
}

} // namespace

AggregateState foldEvents(
    const Evolver& evolver, const QString& stream, std::span<const Event> events)
{
    AggregateState state = evolver.initialState(categoryOf(stream));
    for (const Event& event : events)
        foldNext(evolver, event, state);
    return state;
}

void foldNext(const Evolver& evolver, const Event& event, AggregateState& state)
{
    const QByteArray stream = event.stream.toUtf8();
    const QByteArray type = event.type.toUtf8();
    const QByteArray id = event.id.toUtf8();
    EventView view;
    view.position = state.version + 1;
    view.version = state.version + 1;
    view.stream = viewOf(stream);
    view.type = viewOf(type);
    view.time = event.time;
    view.id = viewOf(id);
    view.data = viewOf(event.data);
    view.metadata = viewOf(event.metadata);
    static_cast<void>(evolver.evolve(state, view)); // The state keeps the failure.
}

Result<TestCase> testCaseAt(
    EventStore& shownStore, const Evolver& evolver, Position position, const CancelToken& cancel)
{
    EventStore& store = trueStore(shownStore);
    const auto found = store.readAt({ position });
    if (!found)
        return found.error();
    if (found->isEmpty())
        return Error { ErrorCode::NotFound,
            TestCaseText::tr("there is no event #%1 in this log").arg(position) };
    const auto head = store.head();
    if (!head)
        return head.error();
    auto history = readHistory(store, found->first().streamId, position, cancel);
    if (!history)
        return history.error();
    // A stream that links to others' events may not hold the event by its position.
    if (history->empty())
        return Error { ErrorCode::Unsupported,
            TestCaseText::tr("the stream of event #%1 cannot be read").arg(position) };
    const Origin origin = originOf(history->back());
    QList<Event> own = takeOwn(*history, origin);
    const auto added = addLater(store, origin, own, *head);
    if (!added)
        return added.error();
    return caseOfEvents(evolver, std::move(*history), own, nullptr, cancel);
}

Result<TestCase> testCaseOf(EventStore& shownStore, const Evolver& evolver,
    const IssuedCommand& issued, Position head, const CancelToken& cancel)
{
    EventStore& store = trueStore(shownStore);
    const CommandDefinition* command = evolver.workspace()->command(issued.name);
    if (!command)
        return Error { ErrorCode::NotFound,
            TestCaseText::tr("there is no command '%1' in the workspace").arg(issued.name) };
    const Decider decider(evolver.workspace());
    // What the schema refuses may name no stream.
    const auto stream = decider.streamOf(*command, issued.data);
    const QString name = stream ? *stream : command->category;
    const auto info = store.findStream(name);
    if (!info)
        return info.error();
    std::vector<Event> history;
    if (*info) {
        auto read = readHistory(store, (*info)->id, head, cancel);
        if (!read)
            return read.error();
        history = std::move(*read);
    }
    const auto isOwn = [&issued](const Event& event) {
        return originOf(event).id == issued.context.commandId;
    };
    const auto first = std::find_if(history.begin(), history.end(), isOwn);
    QList<Event> own;
    for (auto event = first; event != history.end() && isOwn(*event); ++event)
        own.append(*event);
    history.erase(first, history.end());
    if (!own.isEmpty())
        return caseOfEvents(evolver, std::move(history), own, &issued, cancel);
    const auto state = foldEvents(evolver, name, history);
    const auto decision = decider.decide(*command, issued.data, state, issued.context);
    if (!decision)
        return decision.error();
    return rejectedCase(evolver, issued, name, std::move(history), *decision);
}

} // namespace eventloupe
