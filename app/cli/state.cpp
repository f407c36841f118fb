#include "app/cli/streampoint.h"
#include "app/cli/verb.h"

#include "time/replayer.h"

namespace eventloupe::cli {

namespace {

/// Which state is asked for: at most one of the three.
struct Moment {
    std::optional<Position> position;
    std::optional<StreamVersion> version;
    std::optional<Timestamp> time;
};

/// An Error's message is a reason of misuse.
Result<Moment> momentOf(const Arguments& arguments)
{
    Moment moment;
    const auto at = arguments.number(QStringLiteral("at"), 0);
    if (!at)
        return at.error();
    const auto version = arguments.number(QStringLiteral("version"), 0);
    if (!version)
        return version.error();
    moment.position = *at;
    moment.version = *version;
    if (const auto option = QStringLiteral("time"); arguments.has(option)) {
        const auto time = Timestamp::fromRfc3339(arguments.value(option).toStdString());
        if (!time)
            return Error { ErrorCode::InvalidArgument,
                tr("--time: %1").arg(time.error().message) };
        moment.time = *time;
    }
    const int given = int(moment.position.has_value()) + int(moment.version.has_value())
        + int(moment.time.has_value());
    if (given > 1)
        return Error { ErrorCode::InvalidArgument,
            tr("only one of --at, --version and --time can be given") };
    return moment;
}

Result<AggregateState> fold(
    EventStore& store, Replayer& replayer, const StreamInfo& stream, const Moment& moment)
{
    if (moment.version) {
        if (*moment.version > stream.headVersion)
            return Error { ErrorCode::NotFound,
                tr("%1 has no version %2; it is at version %3")
                    .arg(stream.name, QString::number(*moment.version),
                        QString::number(stream.headVersion)) };
        return replayer.stateAtVersion(store, stream, *moment.version);
    }
    if (moment.time) {
        const auto position = store.positionAtTime(*moment.time);
        if (!position)
            return position.error();
        return replayer.stateAt(store, stream, *position);
    }
    return replayer.stateAt(store, stream, moment.position.value_or(stream.headPosition));
}

void print(const StreamInfo& stream, const AggregateState& state, Terminal& terminal)
{
    auto line = JsonValue::emptyObject();
    line.insert("stream", JsonValue::fromString(stream.name));
    line.insert("version", JsonValue::fromInt(state.version));
    line.insert("position", JsonValue::fromInt(state.position));
    line.insert("exists", JsonValue::fromBool(state.exists));
    line.insert("state", state.value);
    terminal.writeLine(viewOf(line.toJson()));
    tellFailure(state, terminal);
}

int run(const Arguments& arguments, Terminal& terminal)
{
    const auto moment = momentOf(arguments);
    if (!moment)
        return terminal.misuse(moment.error().message);
    const auto opened = openToFold(arguments, terminal);
    if (!opened)
        return terminal.fail(opened.error());
    const auto& [place, store, head] = *opened;
    const auto& name = arguments.words().at(1);
    const auto stream = store->findStream(name);
    if (!stream)
        return terminal.fail(stream.error());
    if (!*stream)
        return terminal.fail(
            { ErrorCode::NotFound, tr("there is no stream '%1' in %2").arg(name, place.store) });
    Replayer replayer(std::make_shared<const Evolver>(place.workspace));
    const auto state = fold(*store, replayer, **stream, *moment);
    if (!state)
        return terminal.fail(state.error());
    tellPastHead(moment->position, head, terminal);
    print(**stream, *state, terminal);
    return Done;
}

} // namespace

Verb stateVerb()
{
    Verb verb;
    verb.name = QStringLiteral("state");
    verb.synopsis
        = QStringLiteral("STORE STREAM [--at P | --version V | --time T] [--workspace DIR]");
    verb.summary = tr("Prints an aggregate's state as JSON, now or at any point of the history");
    verb.options = {
        { QStringLiteral("at"), QStringLiteral("P"), tr("At this position of the log") },
        { QStringLiteral("version"), QStringLiteral("V"), tr("At this version of the stream") },
        { QStringLiteral("time"), QStringLiteral("T"), tr("At this time, in RFC 3339") },
        { QStringLiteral("workspace"), QStringLiteral("DIR"), tr("Whose rules fold the events") },
    };
    verb.least = 2;
    verb.most = 2;
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
