#include "app/cli/shellword.h"
#include "app/cli/verb.h"

#include "domain/madefiles.h"
#include "domain/workspace.h"
#include "domain/workspacetemplate.h"
#include "store/openstore.h"
#include "store/sqlitestorefile.h"
#include "store/storesecrets.h"
#include "store/takeback.h"
#include "value/filename.h"
#include "value/storelocation.h"

#include <QDir>

namespace eventloupe::cli {

namespace {

/// The store of a server comes before the folder: where it cannot be reached or made, nothing is
/// written. What is there already is used as it is.
Result<void> makeWorkspaceOnServer(
    const QString& name, const QString& folder, const QString& location)
{
    const auto takeBack = takeBackOf(location);
    if (!takeBack)
        return takeBack.error();
    if (auto present = openStore(location, OpenMode::ReadOnly); !present) {
        const ErrorCode code = present.error().code;
        if (code == ErrorCode::NotFound || code == ErrorCode::NotOurs)
            present = openStore(location, OpenMode::Create);
        if (!present)
            return present.error();
    }
    const auto written = writeWorkspace(name, folder, location);
    if (!written)
        (*takeBack)();
    return written;
}

/// Unless it is there. One that fails leaves no file.
Result<void> makeStore(const QString& location)
{
    const auto takeBack = takeBackOf(location);
    if (!takeBack)
        return takeBack.error();
    const auto store = openStore(location, OpenMode::Create);
    if (store)
        return {};
    (*takeBack)();
    return store.error();
}

/// Makes the workspace's store as well, so that every verb works on it at once.
Result<void> makeWorkspace(const QString& name, const QString& folder, const QString& given)
{
    const QString location = admitLocation(given);
    if (isNoFile(location))
        return makeWorkspaceOnServer(name, folder, location);
    // Before the folder is made: what a lost store left may stand in its way.
    if (const auto free = checkNoLogIsLeft(
            withoutChoice(QDir(folder).absoluteFilePath(location)));
        !location.isEmpty() && !free)
        return free;
    MadeFiles made;
    const auto written = writeWorkspace(name, folder, location, &made);
    if (!written)
        return written;
    const auto workspace = Workspace::load(folder);
    const auto done = workspace ? makeStore((*workspace)->store()) : workspace.error();
    if (!done)
        made.takeBack();
    return done;
}

int run(const Arguments& arguments, Terminal& terminal)
{
    const auto option = QStringLiteral("template");
    const auto name = arguments.has(option) ? arguments.value(option) : QStringLiteral("empty");
    const auto known = workspaceTemplates();
    if (!known.contains(name))
        return terminal.misuse(
            tr("there is no template '%1', only %2").arg(name, known.join(QStringLiteral(", "))));
    const auto& given = arguments.words().constFirst();
    if (const auto decoded = checkDecoded(given); !decoded)
        return terminal.fail(decoded.error());
    const QString folder = straightPath(given);
    const auto store = arguments.value(QStringLiteral("store"));
    terminal.beginWork();
    const auto made = makeWorkspace(name, folder, store);
    if (!made)
        return terminal.fail(made.error());
    terminal.noteStored(tr("The workspace is made."));
    const auto line
        = tr("Made the workspace %1; open it with: eventloupe %2").arg(folder, shellWord(folder));
    terminal.writeText(line);
    if (admitLocation(store) != store)
        terminal.say(tr("note: the password is not written into workspace.json; name it in a "
                        "password file (PGPASSFILE, ~/.pgpass), or give it when it is asked for"));
    return Done;
}

} // namespace

Verb initVerb()
{
    Verb verb;
    verb.name = QStringLiteral("init");
    verb.synopsis = QStringLiteral("DIR [--template NAME] [--store STORE]");
    verb.summary = tr("Makes a workspace folder with an empty store");
    verb.details
        = tr("A folder that is there already must be empty. Each definition names its JSON "
             "Schema, in the\nfolder .schemas, with which any editor completes it.");
    verb.options = { { QStringLiteral("template"), QStringLiteral("NAME"),
                         tr("%1 (which is the default)")
                             .arg(workspaceTemplates().join(QStringLiteral(", "))) },
        { QStringLiteral("store"), QStringLiteral("STORE"),
            tr("Where its events are, instead of events.eventlog: a file, as seen from DIR, or "
               "a postgresql:// URI") } };
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
