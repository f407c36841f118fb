#include "app/cli/storeplace.h"
#include "app/cli/verb.h"

#include "plot/plotseries.h"
#include "plot/streamcolumns.h"
#include "value/json.h"
#include "value/jsonpointer.h"

#include <cmath>

namespace eventloupe::cli {

namespace {

constexpr qint64 eventsPerPiece = 10'000;

Result<void> fold(StreamColumns& columns, EventStore& store, const Terminal& terminal)
{
    const Progress progress;
    progress.setTotal(columns.stream().headVersion);
    const ProgressLine line(tr("Folding"), progress);
    for (bool isMore = true; isMore;) {
        const auto more = columns.advance(store, eventsPerPiece, terminal.cancel());
        if (!more)
            return more.error();
        if (terminal.cancel().isCancelled())
            return Error { ErrorCode::Cancelled, tr("the plot was cancelled") };
        progress.setDone(columns.version());
        isMore = *more;
    }
    if (columns.isTooLarge())
        return Error { ErrorCode::Unsupported,
            tr("%1 has too many fields, or too long texts, to be plotted")
                .arg(columns.stream().name) };
    return {};
}

void printLines(const std::vector<PlotSeries>& list, Terminal& terminal)
{
    for (const PlotSeries& series : list) {
        QByteArray field;
        appendJsonString(field, viewOf(series.pointer));
        for (const PlotPoint& point : series.points) {
            const QByteArray value
                = std::isnan(point.value) ? QByteArray("null") : plotNumber(point.value);
            const QByteArray line = "{\"field\":" + field
                + ",\"position\":" + QByteArray::number(point.position)
                + ",\"version\":" + QByteArray::number(point.version) + ",\"time\":\""
                + point.time.toRfc3339() + "\",\"value\":" + value + '}';
            if (!terminal.writeLine(viewOf(line)))
                return;
        }
    }
}

int run(const Arguments& arguments, Terminal& terminal)
{
    const QString format = arguments.value(QStringLiteral("format"));
    if (!format.isEmpty() && format != u"csv" && format != u"ndjson")
        return terminal.misuse(tr("there is no format '%1', only csv and ndjson").arg(format));
    for (const QString& pointer : arguments.words().mid(2)) {
        const QByteArray text = pointer.toUtf8();
        if (const auto field = JsonPointer::parse(viewOf(text)); !field)
            return terminal.misuse(field.error().message);
    }
    const auto opened = openToFold(arguments, terminal);
    if (!opened)
        return terminal.fail(opened.error());
    const auto& [place, store, head] = *opened;
    const QString& name = arguments.words().at(1);
    const auto stream = store->findStream(name);
    if (!stream)
        return terminal.fail(stream.error());
    if (!*stream)
        return terminal.fail(
            { ErrorCode::NotFound, tr("there is no stream '%1' in %2").arg(name, place.store) });
    StreamColumns columns(std::make_shared<const Evolver>(place.workspace), **stream);
    if (const auto folded = fold(columns, *store, terminal); !folded)
        return terminal.fail(folded.error());
    std::vector<PlotSeries> list;
    for (const QString& pointer : arguments.words().mid(2)) {
        // As many stretches as there are versions: nothing is thinned out.
        list.push_back(
            seriesOf(columns, pointer.toUtf8(), static_cast<std::size_t>(columns.version())));
        if (!list.back().fault.isEmpty())
            terminal.say(list.back().fault);
        else if (list.back().points.empty())
            terminal.say(tr("%1 never was a number in %2").arg(pointer, name));
    }
    if (format == u"csv")
        terminal.write(viewOf(plotCsv(list)));
    else
        printLines(list, terminal);
    return Done;
}

} // namespace

Verb plotVerb()
{
    Verb verb;
    verb.name = QStringLiteral("plot");
    verb.synopsis
        = QStringLiteral("STORE STREAM POINTER... [--format ndjson|csv] [--workspace DIR]");
    verb.summary = tr("Prints how numbers of an aggregate's state changed over its versions");
    verb.details
        = tr("POINTER is a JSON Pointer into the state: /total. A line each time that the\n"
             "number changed; null, or no value, where the field was no number from there\n"
             "on.");
    verb.options = {
        { QStringLiteral("format"), QStringLiteral("F"), tr("ndjson, or csv") },
        { QStringLiteral("workspace"), QStringLiteral("DIR"), tr("Whose rules fold the events") },
    };
    verb.least = 3;
    verb.most = -1;
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
