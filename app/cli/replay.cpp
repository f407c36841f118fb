#include "app/cli/storeplace.h"
#include "app/cli/verb.h"

#include "time/replayer.h"

#include <cmath>

namespace eventloupe::cli {

namespace {

Result<ReplaySummary> replay(
    EventStore& store, const StorePlace& place, Position to, const Terminal& terminal)
{
    const Progress progress;
    progress.setTotal(to);
    const ProgressLine line(tr("Replaying"), progress);
    const Evolver evolver(place.workspace);
    return replayAll(store, evolver, to, terminal.cancel(), [&](Position position) {
        progress.setDone(position);
        progress.setEvents(position);
    });
}

void print(const ReplaySummary& summary, Terminal& terminal)
{
    auto line = JsonValue::emptyObject();
    line.insert("events", JsonValue::fromInt(summary.events));
    line.insert("streams", JsonValue::fromInt(summary.streams));
    line.insert("existing", JsonValue::fromInt(summary.existing));
    line.insert("failures", JsonValue::fromInt(summary.failures));
    line.insert("digest", JsonValue::fromString(summary.digest));
    line.insert("seconds",
        JsonValue::fromDouble(summary.seconds, QByteArray::number(summary.seconds, 'f', 3)));
    const double rate = summary.seconds > 0 ? double(summary.events) / summary.seconds : 0;
    line.insert("events_per_second", JsonValue::fromInt(std::llround(rate)));
    terminal.writeLine(viewOf(line.toJson()));
}

int run(const Arguments& arguments, Terminal& terminal)
{
    const auto to = arguments.number(QStringLiteral("to"), 0);
    if (!to)
        return terminal.misuse(to.error().message);
    const auto opened = openToFold(arguments, terminal);
    if (!opened)
        return terminal.fail(opened.error());
    const auto& [place, store, head] = *opened;
    const auto summary = replay(*store, place, qMin(to->value_or(head), head), terminal);
    if (!summary)
        return terminal.fail(summary.error());
    print(*summary, terminal);
    return Done;
}

} // namespace

Verb replayVerb()
{
    Verb verb;
    verb.name = QStringLiteral("replay");
    verb.synopsis = QStringLiteral("STORE [--to P] [--workspace DIR]");
    verb.summary = tr("Folds all streams; prints counts, a digest of the states, and the speed");
    verb.details = tr("The same events and rules give the same digest on any machine.");
    verb.options = {
        { QStringLiteral("to"), QStringLiteral("P"), tr("Up to this position (the head)") },
        { QStringLiteral("workspace"), QStringLiteral("DIR"), tr("Whose rules fold the events") },
    };
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
