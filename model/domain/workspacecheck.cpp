#include "domain/workspacecheck.h"

#include "domain/definitionfile.h"
#include "domain/domaintext.h"
#include "domain/workspaceloader.h"
#include "mask/masks.h"

#include <QSet>

#include <algorithm>

namespace eventloupe {

namespace {

QString commandFile(const QString& name)
{
    return QStringLiteral("commands/%1.json").arg(name);
}

/// The definitions that an example is folded and decided by.
QStringList filesFor(const Workspace& workspace, const Example& example)
{
    const CommandDefinition* command = workspace.command(example.command);
    QStringList types;
    for (const Example::Fact& fact : example.given)
        types.append(fact.type);
    QString category = categoryOf(example.stream);
    if (command) {
        category = command->category;
        for (const Emission& emission : command->emissions)
            types.append(emission.type);
    }
    QStringList files { commandFile(example.command),
        QStringLiteral("aggregates/%1.json").arg(category) };
    for (const QString& type : types)
        files.append(QStringLiteral("events/%1.json").arg(type));
    return files;
}

/// The first of these that has a mistake, which makes an example's outcome no news.
QString firstBroken(const QStringList& files, const QList<WorkspaceProblem>& problems)
{
    const auto isBroken = [&problems](const QString& file) {
        return std::any_of(problems.begin(), problems.end(),
            [&file](const WorkspaceProblem& problem) { return problem.file == file; });
    };
    const auto found = std::find_if(files.begin(), files.end(), isBroken);
    return found == files.end() ? QString() : *found;
}

/// The same with line and column of the faults in the command's file, which name a place in it:
/// "commands/PAY.json, /emit/0/data: ...".
QList<ExampleDifference> withPlaces(
    QList<ExampleDifference> differences, const Workspace& workspace, const QString& command)
{
    const QString path = commandFile(command);
    const QString prefix = path + QStringLiteral(", ");
    for (ExampleDifference& difference : differences) {
        if (!difference.isFault || !difference.came.startsWith(prefix))
            continue;
        const QString rest = difference.came.mid(prefix.size());
        const auto place = JsonPointer::parse(viewOf(rest.section(u':', 0, 0).toUtf8()));
        DefinitionTexts texts(workspace.folder());
        DefinitionFile file(texts, path);
        if (!place || !file.isGood())
            continue;
        file.fail(*place, rest);
        const WorkspaceProblem& problem = file.problems().last();
        difference.file = path;
        difference.line = problem.line;
        difference.column = problem.column;
        difference.came = QStringLiteral("%1:%2:%3: %4")
                              .arg(path)
                              .arg(problem.line)
                              .arg(problem.column)
                              .arg(rest);
    }
    return differences;
}

/// Commands of which the examples show rejections alone.
void noteRejectedOnly(WorkspaceCheck& check, const QSet<QString>& accepted)
{
    for (const CommandDefinition& command : check.workspace->commands()) {
        if (accepted.contains(command.name) || check.untried.contains(command.name)
            || command.emissions.isEmpty())
            continue;
        check.notes.append({ commandFile(command.name), 1, 1,
            DomainText::tr("no example shows which events '%1' gives, only rejections")
                .arg(command.name) });
    }
}

/// Where a workspace defines its events, one without a definition is perhaps a slip.
void noteUndefinedEvents(WorkspaceCheck& check)
{
    const Workspace& workspace = *check.workspace;
    if (workspace.events().isEmpty())
        return;
    DefinitionTexts texts(workspace.folder());
    for (const CommandDefinition& command : workspace.commands()) {
        DefinitionFile file(texts, commandFile(command.name));
        if (!file.isGood())
            continue;
        for (qsizetype i = 0; i < command.emissions.size(); ++i) {
            const QString& type = command.emissions.at(i).type;
            const QString own = QStringLiteral("events/%1.json").arg(type);
            if (workspace.event(type) || !firstBroken({ own }, check.problems).isEmpty())
                continue;
            file.fail(JsonPointer({ "emit", QByteArray::number(i), "type" }),
                DomainText::tr("no file in events/ defines '%1': its data is merged into the state")
                    .arg(type.left(100)));
        }
        check.notes.append(file.problems());
    }
}

/// What a mask names that is nowhere described masks nothing, or what nobody described.
void noteDoubtfulMasks(WorkspaceCheck& check)
{
    for (const MaskEntry& entry : check.workspace->masks()->entries())
        for (const QString& doubt : entry.doubts)
            check.notes.append({ QStringLiteral("workspace.json"), entry.line, entry.column,
                DomainText::tr("the mask may be a slip: %1").arg(doubt) });
}

} // namespace

qsizetype WorkspaceCheck::failures() const
{
    return std::count_if(examples.begin(), examples.end(),
        [](const Item& item) { return !item.differences.isEmpty(); });
}

qsizetype WorkspaceCheck::faults() const
{
    return std::count_if(
        examples.begin(), examples.end(), [](const Item& item) { return item.fault() != nullptr; });
}

const ExampleDifference* WorkspaceCheck::Item::fault() const
{
    const auto found = std::find_if(differences.begin(), differences.end(),
        [](const ExampleDifference& difference) { return difference.isFault; });
    return found == differences.end() ? nullptr : &*found;
}

Result<WorkspaceCheck> checkWorkspace(const QString& folder, const CancelToken& cancel)
{
    DefinitionTexts texts(folder);
    auto loaded = WorkspaceLoader(texts, cancel).load();
    if (!loaded)
        return loaded.error();
    WorkspaceCheck check;
    check.workspace = std::move(loaded).value();
    check.problems = check.workspace->problems();
    QStringList tried;
    QSet<QString> accepted;
    const auto cancelled
        = Error { ErrorCode::Cancelled, DomainText::tr("the check was cancelled") };
    for (const Example& example : loadExamples(*check.workspace, texts, check.problems, cancel)) {
        if (cancel.isCancelled())
            return cancelled;
        tried.append(example.command);
        if (!example.rejection && (!example.events || !example.events->isEmpty()))
            accepted.insert(example.command);
        const QString broken = firstBroken(filesFor(*check.workspace, example), check.problems);
        if (broken.isEmpty())
            check.examples.append({ example,
                withPlaces(
                    runExample(check.workspace, example), *check.workspace, example.command) });
        else
            check.notRun.append({ example, broken });
    }
    if (cancel.isCancelled())
        return cancelled;
    for (const CommandDefinition& command : check.workspace->commands())
        if (!tried.contains(command.name))
            check.untried.append(command.name);
    noteRejectedOnly(check, accepted);
    noteUndefinedEvents(check);
    noteDoubtfulMasks(check);
    check.referred = texts.referred();
    return check;
}

} // namespace eventloupe
