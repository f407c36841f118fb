#include "app/cli/counts.h"
#include "app/cli/storeplace.h"
#include "app/cli/verb.h"

#include "exchange/importer.h"
#include "store/fileidentity.h"
#include "store/fileplace.h"
#include "store/takeback.h"
#include "value/event.h"
#include "value/json.h"

#include <QFile>
#include <QFileInfo>

namespace eventloupe::cli {

namespace {

Result<Mapping> readMapping(const QString& name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return Error { ErrorCode::InputOutput, tr("%1: %2").arg(name, file.errorString()) };
    const auto bytes = file.readAll();
    const auto document = parseJson(viewOf(bytes));
    if (!document)
        return Error { ErrorCode::InvalidInput, tr("%1: %2").arg(name, document.error().message) };
    auto mapping = Mapping::fromJson(*document);
    if (!mapping)
        return Error { ErrorCode::InvalidInput, tr("%1: %2").arg(name, mapping.error().message) };
    return mapping;
}

void writeSummary(const ImportSummary& summary, Terminal& terminal)
{
    const auto line = summary.events == 0
        ? tr("Imported no events")
        : tr("Imported %1 of %2, #%3 to #%4")
              .arg(eventsText(summary.events), streamsText(summary.streams))
              .arg(summary.first)
              .arg(summary.last);
    terminal.writeText(line);
    for (const auto& note : summary.notes)
        terminal.writeText(note);
}

/// A store that is made for the file is not left behind where the file cannot be imported.
Result<ImportSummary> importInto(
    StorePlace place, const ImportRequest& request, const Terminal& terminal)
{
    const auto takeBack = takeBackOf(place.store);
    if (!takeBack)
        return takeBack.error();
    auto summary = [&]() -> Result<ImportSummary> {
        const auto store = openPlace(place, OpenMode::Create, terminal);
        if (!store)
            return store.error();
        const Progress progress;
        const ProgressLine line(tr("Importing"), progress);
        return importFile(**store, request, progress, terminal.cancel());
    }();
    if (!summary)
        (*takeBack)();
    return summary;
}

/// Of several imports that find no store, one makes it, and where it fails takes it back again:
/// then the others have nothing to store in, and nothing was stored. That is tried again, but for a
/// pipe, which was read. Of so many rivals each can do that once.
Result<ImportSummary> importBesideOthers(
    const StorePlace& place, const ImportRequest& request, const Terminal& terminal)
{
    constexpr int mostTries = 10;
    for (int i = 1;; ++i) {
        auto summary = importInto(place, request, terminal);
        const bool isTakenBack = !summary
            && summary.error().message == replacedError(filePathOf(place.store)).message;
        if (!isTakenBack || i == mostTries || !QFileInfo(request.file).isFile())
            return summary;
    }
}

int run(const Arguments& arguments, Terminal& terminal)
{
    ImportRequest request;
    request.file = arguments.words().at(1);
    if (const auto option = QStringLiteral("format"); arguments.has(option)) {
        request.format = exchangeFormatFromName(arguments.value(option));
        if (!request.format)
            return terminal.misuse(tr("there is no format '%1', only ndjson, json and csv")
                                       .arg(arguments.value(option)));
    }
    if (const auto option = QStringLiteral("map"); arguments.has(option)) {
        const auto mapping = readMapping(arguments.value(option));
        if (!mapping)
            return terminal.fail(mapping.error());
        request.mapping = *mapping;
    }
    const auto place = findStore(arguments.words().constFirst(), {}, terminal);
    if (!place)
        return terminal.fail(place.error());
    terminal.beginWork();
    const auto summary = importBesideOthers(*place, request, terminal);
    if (!summary)
        return terminal.fail(summary.error());
    if (summary->events > 0)
        terminal.noteStored(storedText(summary->first, summary->last));
    writeSummary(*summary, terminal);
    return Done;
}

} // namespace

Verb importVerb()
{
    Verb verb;
    verb.name = QStringLiteral("import");
    verb.synopsis = QStringLiteral("STORE FILE|- [--format F] [--map FILE]");
    verb.summary
        = tr("Appends a file's events, all of them or none; makes STORE when it is missing");
    verb.details = tr("Each record becomes an event. \"stream\" and \"type\" are needed; other "
                      "names for them and\nfor version, time, id, data and metadata are "
                      "recognised, or named by --map:\n"
                      "  {\"stream\": \"case\", \"type\": {\"value\": \"SEEN\"}, \"time\": "
                      "{\"template\": \"{Date} {Time}\"}}\n"
                      "FILE - is standard input. STORE is locked for other writers once that has "
                      "ended or has given\n64 MB of events, so that a silent pipe keeps nobody "
                      "waiting; Ctrl+C stores nothing.");
    verb.options = { { QStringLiteral("format"), QStringLiteral("F"),
                         tr("ndjson, json or csv; found by itself when it is left out") },
        { QStringLiteral("map"), QStringLiteral("FILE"),
            tr("A JSON file that says which members become what") } };
    verb.least = 2;
    verb.most = 2;
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
