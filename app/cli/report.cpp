#include "app/cli/shellword.h"
#include "app/cli/storeplace.h"
#include "app/cli/verb.h"

#include "exchange/outputfile.h"
#include "report/programreport.h"
#include "report/recenterrors.h"
#include "report/storereport.h"
#include "report/workspacereport.h"

#include <QElapsedTimer>

namespace eventloupe::cli {

namespace {

/// What can be said of a store; a failure is one of the report's errors.
void addStore(const QString& text, JsonValue& report, Terminal& terminal)
{
    RecentErrors errors;
    QElapsedTimer timer;
    timer.start();
    const auto place = findStore(text, {}, terminal);
    if (place) {
        report.insert("workspace", workspaceFigures(*place->workspace));
        const auto store = openStore(place->store, OpenMode::ReadOnly);
        report.insert("open_milliseconds", JsonValue::fromInt(timer.elapsed()));
        if (store)
            report.insert("store", storeFigures(**store, place->store, terminal.cancel()));
        else
            errors.note(store.error());
        if (isDamaged(place->store))
            terminal.say(tr("the file is damaged; this tells what is wrong: eventloupe verify %1")
                             .arg(shellWord(text)));
    } else {
        errors.note(place.error());
    }
    if (!report.find("store")) {
        auto store = JsonValue::emptyObject();
        store.insert("location", locationFigures(place ? place->store : text));
        store.insert("sqlite", sqliteFileFigures(place ? place->store : text));
        report.insert("store", store);
    }
    report.insert("errors", errors.figures());
}

int run(const Arguments& arguments, Terminal& terminal)
{
    auto report = newReport();
    QString location;
    if (!arguments.words().isEmpty()) {
        location = arguments.words().constFirst();
        addStore(location, report, terminal);
    }
    const QByteArray text = report.toIndentedJson() + '\n';
    const auto option = QStringLiteral("output");
    if (!arguments.has(option)) {
        terminal.write({ text.constData(), static_cast<std::size_t>(text.size()) });
        return Done;
    }
    const QString file = arguments.value(option);
    if (const auto may = OutputFile::check(file, location); !may)
        return terminal.fail(may.error());
    const auto output = OutputFile::open(file);
    if (!output)
        return terminal.fail(output.error());
    auto done = (*output)->write(text);
    if (done)
        done = (*output)->commit();
    if (!done)
        return terminal.fail(done.error());
    terminal.say(tr("wrote the report to %1").arg(file));
    return Done;
}

} // namespace

Verb reportVerb()
{
    Verb verb;
    verb.name = QStringLiteral("report");
    verb.synopsis = QStringLiteral("[STORE] [-o FILE]");
    verb.summary
        = tr("Prints what to send with a bug report: versions, counts, sizes, times; no data");
    verb.details = tr(
        "A JSON object about the program, the system and the store: its kind, counts, sizes, how\n"
        "long it takes to answer, and the workspace's problems and what failed, as the program's\n"
        "own texts with placeholders. No event, no name of a stream, type, actor, table, host or\n"
        "file, and no password is in it; of a path, its suffix and a hash. Read it before you\n"
        "send it: it is short.");
    verb.options = { { QStringLiteral("output"), QStringLiteral("FILE"),
        tr("Writes to FILE (mode 0600) instead of standard output"), u'o' } };
    verb.least = 0;
    verb.most = 1;
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
