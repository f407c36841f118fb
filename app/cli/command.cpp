#include "app/cli/commanddata.h"
#include "app/cli/counts.h"
#include "app/cli/storeplace.h"
#include "app/cli/verb.h"

#include "command/actor.h"
#include "command/handlecommand.h"
#include "exchange/exporter.h"

#include <QFileInfo>

namespace eventloupe::cli {

namespace {

QStringList namesOf(const Workspace& workspace)
{
    QStringList names;
    for (const auto& command : workspace.commands())
        names.append(command.name);
    return names;
}

int reject(const Rejected& rejected, const Terminal& terminal)
{
    terminal.say(tr("rejected: %1").arg(rejected.message));
    for (const auto& violation : rejected.violations) {
        // Mostly the message names them already.
        if (rejected.message.contains(violation.message))
            continue;
        const auto place = QString::fromUtf8(violation.place.toText());
        terminal.say(QStringLiteral("  %1: %2")
                         .arg(place.isEmpty() ? tr("data") : place, violation.message));
    }
    return Failed;
}

int reportConflict(
    const VersionConflict& conflict, const CommandRequest& request, Terminal& terminal)
{
    const auto mend = request.expected
        ? tr("look at the stream, and issue it again with the version it has")
        : tr("another writer was faster; issue it again to decide on the newest state");
    QString found = conflict.toText();
    if (found.endsWith(u'.'))
        found.chop(1);
    return terminal.fail(
        { ErrorCode::VersionConflict, tr("%1; nothing was appended: %2").arg(found, mend) });
}

int printDone(EventStore& store, const CommandDone& done, Terminal& terminal)
{
    if (done.appended.first == 0) {
        terminal.say(tr("accepted; nothing had to change"));
        return Done;
    }
    terminal.noteStored(storedText(done.appended.first, done.appended.last));
    const auto count = int(done.appended.last - done.appended.first + 1);
    const auto events = store.readLog(done.appended.first, count);
    if (!events)
        return terminal.fail(events.error());
    for (const auto& event : *events) {
        const auto stream = event.stream.toUtf8();
        const auto type = event.type.toUtf8();
        const auto id = event.id.toUtf8();
        QByteArray line;
        appendExchangeLine(line,
            { event.position, event.streamId, viewOf(stream), event.version, viewOf(type),
                event.time, viewOf(id), viewOf(event.data), viewOf(event.metadata) });
        terminal.writeLine(viewOf(line));
    }
    return Done;
}

int issue(StorePlace place, const CommandRequest& request, OpenMode mode, Terminal& terminal)
{
    const auto store = openPlace(place, mode, terminal);
    if (!store)
        return terminal.fail(store.error());
    terminal.beginWork();
    const Evolver evolver(place.workspace);
    const auto outcome = handleCommand(**store, evolver, request);
    if (!outcome)
        return terminal.fail(outcome.error());
    if (const auto* rejected = std::get_if<Rejected>(&*outcome))
        return reject(*rejected, terminal);
    if (const auto* conflict = std::get_if<VersionConflict>(&*outcome))
        return reportConflict(*conflict, request, terminal);
    return printDone(**store, std::get<CommandDone>(*outcome), terminal);
}

int run(const Arguments& arguments, Terminal& terminal)
{
    const auto& words = arguments.words();
    const auto expected = arguments.number(QStringLiteral("expect"), 0);
    if (!expected)
        return terminal.misuse(expected.error().message);
    const auto folder = arguments.value(QStringLiteral("workspace"));
    const auto place = findStore(words.at(0), folder, terminal);
    if (!place)
        return terminal.fail(place.error());
    const auto& workspace = *place->workspace;
    if (workspace.folder().isEmpty())
        return terminal.fail({ ErrorCode::NotFound,
            tr("%1 has no workspace, which defines commands; name its folder by --workspace")
                .arg(words.at(0)) });
    const auto* command = workspace.command(words.at(1));
    if (command == nullptr)
        return terminal.fail({ ErrorCode::NotFound,
            tr("%1 has no command '%2', only: %3")
                .arg(workspace.folder(), words.at(1),
                    namesOf(workspace).join(QStringLiteral(", "))) });
    const auto data
        = commandData(command->schema, arguments.value(QStringLiteral("data")), words.mid(2));
    if (!data)
        return terminal.misuse(data.error().message);
    const auto actor = QStringLiteral("actor");
    CommandRequest request { command->name, *data,
        CommandContext::make(arguments.has(actor) ? arguments.value(actor) : currentActor()),
        *expected };
    request.context.correlationId = arguments.value(QStringLiteral("correlation"));
    // A workspace's first command makes its store; a file that was named must be there.
    const bool isOwnStore = QFileInfo(words.at(0)).isDir();
    return issue(*place, request, isOwnStore ? OpenMode::Create : OpenMode::ReadWrite, terminal);
}

} // namespace

Verb commandVerb()
{
    Verb verb;
    verb.name = QStringLiteral("command");
    verb.synopsis
        = QStringLiteral("STORE NAME [KEY=VALUE ...] [--data JSON] [--expect V] [--actor NAME]\n"
                         "         [--correlation ID] [--workspace DIR]");
    verb.summary = tr("Decides a command and appends its events, which it prints");
    verb.details
        = tr("KEY=VALUE is a member of the command's data, read as its schema says. When "
             "another\nwriter is faster, a command whose definition says \"onConflict\": "
             "\"retry\" is decided again,\nat most five times and never with --expect; any "
             "other ends with exit 1.");
    verb.options = {
        { QStringLiteral("data"), QStringLiteral("JSON"),
            tr("The data, or what KEY=VALUE adds to") },
        { QStringLiteral("expect"), QStringLiteral("V"),
            tr("The version that the stream must be at; 0: it must not exist") },
        { QStringLiteral("actor"), QStringLiteral("NAME"),
            tr("Who issues it, for the events' metadata; else EVENTLOUPE_ACTOR or the user") },
        { QStringLiteral("correlation"), QStringLiteral("ID"),
            tr("The events' correlation id; else the command's own id") },
        { QStringLiteral("workspace"), QStringLiteral("DIR"), tr("That defines the command") },
    };
    verb.least = 2;
    verb.most = -1;
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
