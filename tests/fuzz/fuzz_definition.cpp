#include "fuzz/fuzztarget.h"
#include "fuzz/workspacefiles.h"

#include "domain/definitionlinks.h"
#include "domain/definitionreaders.h"
#include "domain/example.h"
#include "domain/memberchecks.h"
#include "domain/workspaceloader.h"

// A definition's text (see workspacefiles.h for the inputs) as the reader of its kind takes it,
// beside a workspace that is read once: no file is touched. A problem has a place and a message.

using namespace eventloupe;

namespace {

TextsByPath goodTexts()
{
    TextsByPath texts;
    for (const WorkspaceFile& file : workspaceFiles())
        texts.insert(QString::fromLatin1(file.path), file.good);
    return texts;
}

std::shared_ptr<const Workspace> goodWorkspace()
{
    DefinitionTexts texts(fuzzFolder(), goodTexts());
    const auto loaded = WorkspaceLoader(texts).load();
    require(loaded.ok() && (*loaded)->problems().isEmpty(), "the good workspace is not good");
    return *loaded;
}

// Each reads and looks at the rest of the workspace as WorkspaceLoader does.

void checkSettings(const QByteArray& text)
{
    TextsByPath others = goodTexts();
    others.insert(workspaceFileName(), text);
    DefinitionTexts texts(fuzzFolder(), others);
    const auto loaded = WorkspaceLoader(texts).load();
    require(loaded.ok() || !loaded.error().message.isEmpty(), "a failure says nothing");
    if (loaded)
        requireTold((*loaded)->problems());
}

void checkAggregate(const Workspace& workspace, DefinitionFile& file)
{
    const auto aggregate = readAggregate(file);
    if (file.isGood())
        checkEventNames(workspace, aggregate, file);
}

void checkEvent(const Workspace& workspace, DefinitionFile& file)
{
    const auto event = readEvent(file);
    if (file.isGood())
        checkOlderTypes(workspace, event, file);
}

void checkCommand(const Workspace& workspace, DefinitionFile& file)
{
    const auto command = readCommand(file);
    if (!file.isGood())
        return;
    checkCategory(workspace, command, file);
    checkEmissions(workspace, command, file);
    for (const auto kind : { MemberCheck::Faults, MemberCheck::Notes })
        checkCommandMembers(command, file, kind);
}

void checkProjection(const Workspace& workspace, DefinitionFile& file)
{
    static_cast<void>(readProjection(file));
    if (file.isGood())
        checkEvolvedEvents(workspace, file);
    for (const auto kind : { MemberCheck::Faults, MemberCheck::Notes }) {
        if (file.isGood())
            checkProjectionMembers(workspace, file, kind);
    }
}

void checkExamples(const std::shared_ptr<const Workspace>& workspace, DefinitionTexts& texts)
{
    QList<WorkspaceProblem> problems;
    for (const Example& example : loadExamples(*workspace, texts, problems)) {
        for (const ExampleDifference& difference : runExample(workspace, example))
            require(!difference.place.isEmpty(), "a difference has no place");
    }
    requireTold(problems);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto workspace = goodWorkspace();
    if (size == 0)
        return 0;
    const auto path = QString::fromLatin1(workspaceFileOf(data[0]).path);
    const auto text = toBytes(viewOfInput(data, size).substr(1));
    if (path == workspaceFileName()) {
        checkSettings(text);
        return 0;
    }
    DefinitionTexts texts(fuzzFolder(), { { path, text } });
    if (path.startsWith(u"examples/")) {
        checkExamples(workspace, texts);
        return 0;
    }
    DefinitionFile file(texts, path);
    if (file.isGood()) {
        const auto read = path.startsWith(u"aggregates/") ? &checkAggregate
            : path.startsWith(u"commands/")               ? &checkCommand
            : path.startsWith(u"events/")                 ? &checkEvent
                                                          : &checkProjection;
        read(*workspace, file);
    }
    requireTold(file.problems());
    return 0;
}

QByteArrayList eventloupe::fuzzSeeds()
{
    return workspaceSeeds();
}
