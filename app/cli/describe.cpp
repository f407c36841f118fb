#include "app/cli/storeplace.h"
#include "app/cli/verb.h"

#include "describe/descriptionfiles.h"
#include "value/filename.h"

#include <QFileInfo>

namespace eventloupe::cli {

namespace {

int run(const Arguments& arguments, Terminal& terminal)
{
    if (const auto decoded = checkDecoded(arguments.words().at(1)); !decoded)
        return terminal.fail(decoded.error());
    auto place = findStore(arguments.words().constFirst(), {}, terminal);
    if (!place)
        return terminal.fail(place.error());
    const auto store = openPlace(*place, OpenMode::ReadOnly, terminal);
    if (!store)
        return terminal.fail(store.error());
    const QString folder = straightPath(arguments.words().at(1));
    const auto description = [&] {
        const Progress progress;
        const ProgressLine line(tr("Describing"), progress);
        return describeLog(**store, DescribeLimits(), progress, terminal.cancel());
    }();
    if (!description)
        return terminal.fail(description.error());
    if (const auto written = writeDescription(*description, place->store, folder); !written)
        return terminal.fail(written.error());
    terminal.noteStored(tr("The workspace is made."));
    for (const auto& file : description->files)
        terminal.writeText(QStringLiteral("%1: %2").arg(file.path, file.summary));
    for (const auto& note : description->notes)
        terminal.say(note);
    const auto summary = description->eventsRead == 1
        ? tr("Made the workspace %1 from one event").arg(folder)
        : tr("Made the workspace %1 from a sample of %2 events")
              .arg(folder)
              .arg(description->eventsRead);
    terminal.writeText(summary);
    terminal.say(tr("Next: open %1 in the window, where the Domain panel (Ctrl+D) lists these "
                    "definitions and New > Command adds what can be asked")
                     .arg(folder));
    return Done;
}

} // namespace

Verb describeVerb()
{
    Verb verb;
    verb.name = QStringLiteral("describe");
    verb.synopsis = QStringLiteral("STORE DIR");
    verb.summary = tr("Writes a workspace that says what the log looks like");
    verb.details = tr("Categories, event types, the schemas of their data and headline fields are "
                      "inferred from\na sample of the log. States stay as they are: events merge. "
                      "Nothing is overwritten.");
    verb.least = 2;
    verb.most = 2;
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
