#include "app/cli/counts.h"
#include "app/cli/selection.h"
#include "app/cli/storeplace.h"
#include "app/cli/verb.h"
#include "mask/masked.h"
#include "mask/masks.h"

#include <QFileInfo>

namespace eventloupe::cli {

namespace {

/// As asked for, else by the file's suffix, else NDJSON.
std::optional<ExchangeFormat> formatOf(const Arguments& arguments)
{
    const auto option = QStringLiteral("format");
    if (arguments.has(option))
        return exchangeFormatFromName(arguments.value(option));
    const auto suffix = QFileInfo(arguments.value(QStringLiteral("output"))).suffix().toLower();
    return exchangeFormatFromName(suffix).value_or(ExchangeFormat::Ndjson);
}

int run(const Arguments& arguments, Terminal& terminal)
{
    auto request = selectionOf(arguments);
    if (!request)
        return terminal.misuse(request.error().message);
    const auto format = formatOf(arguments);
    if (!format)
        return terminal.misuse(tr("there is no format '%1', only ndjson, json and csv")
                                   .arg(arguments.value(QStringLiteral("format"))));
    request->format = *format;
    request->file = arguments.value(QStringLiteral("output"));
    auto place = findStore(arguments.words().constFirst(), {}, terminal);
    if (!place)
        return terminal.fail(place.error());
    const auto store = openPlace(*place, OpenMode::ReadOnly, terminal);
    if (!store)
        return terminal.fail(store.error());
    if (!place->workspace->masks()->isEmpty())
        terminal.say(tr("note: what the workspace masks is written as \"%1\", and an import "
                        "refuses such an event; to copy the log as it is, use copy")
                         .arg(maskSignText()));
    sayMasked(*request, **store, terminal);
    const Progress progress;
    const bool toFile = !request->file.isEmpty() && request->file != u"-";
    const auto summary = [&] {
        const ProgressLine line(tr("Exporting"), progress);
        return exportEvents(**store, *request, progress, terminal.cancel());
    }();
    if (!summary)
        return terminal.fail(summary.error());
    if (toFile) {
        terminal.noteStored(tr("The file is written."));
        const auto line = tr("Exported %1 to %2").arg(eventsText(summary->events), request->file);
        terminal.writeText(line);
    }
    sayFailures(*summary, terminal);
    if (summary->tooLarge > 0)
        terminal.say(tr("note: %1").arg(summary->tooLargeText()));
    return Done;
}

} // namespace

Verb exportVerb()
{
    Verb verb;
    verb.name = QStringLiteral("export");
    verb.synopsis = QStringLiteral("STORE [-o FILE] [--format F] [--from P] [--to P] [--stream S] "
                                   "[--type T] [--where EXPR]");
    verb.summary = tr("Writes events to a file or to standard output");
    verb.details = tr("What the workspace masks has \"%1\" in its place, and such an event "
                      "\"masked\":true; no import takes it.\nTo copy the log as it is, use copy.")
                       .arg(maskSignText());
    verb.options = selectionOptions();
    verb.options.append({ QStringLiteral("output"), QStringLiteral("FILE"),
        tr("Written whole or not at all; standard output when it is left out"), u'o' });
    verb.options.append({ QStringLiteral("format"), QStringLiteral("F"),
        tr("ndjson, json or csv; by FILE's suffix when it is left out, else ndjson") });
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
