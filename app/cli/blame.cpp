#include "app/cli/streampoint.h"
#include "app/cli/verb.h"

#include "blame/blamefields.h"
#include "blame/fieldhistory.h"

namespace eventloupe::cli {

namespace {

JsonValue historyJson(const FieldWrite& write)
{
    auto object = JsonValue::emptyObject();
    object.insert("pointer", JsonValue::fromString(write.place.toText()));
    if (write.old)
        object.insert("old", *write.old);
    if (write.now)
        object.insert("value", *write.now);
    object.insert("changed", JsonValue::fromBool(write.isChanged()));
    insertSetter(object, write.event);
    return object;
}

Result<void> printHistory(EventStore& store, Replayer& replayer, const StreamInfo& stream,
    const JsonPointer& field, StreamVersion version, Terminal& terminal)
{
    FieldHistory history(stream, field, version);
    bool isFound = false;
    while (!history.isComplete()) {
        if (terminal.cancel().isCancelled())
            return Error { ErrorCode::Cancelled, tr("cancelled") };
        const auto writes = history.next(store, replayer);
        if (!writes)
            return writes.error();
        for (const FieldWrite& write : *writes)
            if (!terminal.writeLine(viewOf(historyJson(write).toJson())))
                return {};
        isFound = isFound || !writes->isEmpty();
        // The newest are of use at once.
        if (!terminal.flush())
            return {};
    }
    if (isFound)
        return {};
    return Error { ErrorCode::NotFound,
        tr("no event of %1 up to version %2 set '%3'")
            .arg(stream.name, QString::number(version), QString::fromUtf8(field.toText())) };
}

Result<void> printFields(const AggregateState& state, const StreamInfo& stream,
    const JsonPointer& field, Terminal& terminal)
{
    const auto fields = blamedFields(state, field);
    for (const BlamedField& one : fields)
        if (!terminal.writeLine(viewOf(blameJson(one).toJson())))
            return {};
    if (!fields.isEmpty())
        return {};
    return Error { ErrorCode::NotFound,
        tr("there is nothing at '%1' in %2 at version %3; --history says what removed it")
            .arg(QString::fromUtf8(field.toText()), stream.name)
            .arg(state.version) };
}

Result<void> blame(StorePlace place, const Arguments& arguments, const StreamPoint& point,
    const JsonPointer& field, Terminal& terminal)
{
    const auto store = openPlace(place, OpenMode::ReadOnly, terminal);
    if (!store)
        return store.error();
    const auto stream = streamNamed(**store, arguments.words().at(1), place);
    if (!stream)
        return stream.error();
    const auto version = versionOf(**store, *stream, point, terminal);
    if (!version)
        return version.error();
    Replayer replayer(std::make_shared<const Evolver>(place.workspace), Replayer::maximumBytes,
        Replayer::Blame::With);
    const auto state = foldTo(**store, replayer, *stream, *version, terminal);
    if (!state)
        return state.error();
    tellFailure(*state, terminal);
    if (arguments.has(QStringLiteral("history")))
        return printHistory(**store, replayer, *stream, field, *version, terminal);
    return printFields(*state, *stream, field, terminal);
}

int run(const Arguments& arguments, Terminal& terminal)
{
    const auto option = QStringLiteral("at");
    StreamPoint point;
    if (arguments.has(option)) {
        const auto given = StreamPoint::parse(arguments.value(option), option);
        if (!given)
            return terminal.misuse(given.error().message);
        point = *given;
    }
    const auto pointer = arguments.words().value(2).toUtf8();
    const auto field = JsonPointer::parse(viewOf(pointer));
    if (!field)
        return terminal.misuse(field.error().message);
    const auto place = findStore(arguments, terminal);
    if (!place)
        return terminal.fail(place.error());
    const auto done = blame(*place, arguments, point, *field, terminal);
    return done ? int(Done) : terminal.fail(done.error());
}

} // namespace

Verb blameVerb()
{
    Verb verb;
    verb.name = QStringLiteral("blame");
    verb.synopsis = QStringLiteral("STORE STREAM [POINTER] [--at P] [--history]");
    verb.summary = tr("Says of each field of a state which event last set it");
    verb.details = tr(
        "A line a field: {\"pointer\",\"value\",\"type\",\"version\",\"position\",\"time\"}; with\n"
        "POINTER (/address/city) that field, and those inside of it. Version 0 is the initial\n"
        "state. An event sets what its rules write, also to the value that it had. With\n"
        "--history, every event that set the field, the newest first, with its \"old\" value, and\n"
        "whether it \"changed\".");
    verb.options = {
        { QStringLiteral("at"), QStringLiteral("P"),
            tr("At this position (8120), version (v7) or time (the head)") },
        { QStringLiteral("history"), {}, tr("The whole history of the field") },
        { QStringLiteral("workspace"), QStringLiteral("DIR"), tr("Whose rules fold the events") },
    };
    verb.least = 2;
    verb.most = 3;
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
