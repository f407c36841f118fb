#include "domain/workspacecheck.h"

#include "domain/domaintext.h"

#include <algorithm>

namespace eventloupe {

qsizetype WorkspaceCheck::failures() const
{
    return std::count_if(examples.begin(), examples.end(),
        [](const Item& item) { return !item.differences.isEmpty(); });
}

Result<WorkspaceCheck> checkWorkspace(const QString& folder, const CancelToken& cancel)
{
    auto loaded = Workspace::load(folder);
    if (!loaded)
        return loaded.error();
    WorkspaceCheck check;
    check.workspace = std::move(loaded).value();
    check.problems = check.workspace->problems();
    QStringList tried;
    for (const Example& example : loadExamples(*check.workspace, check.problems)) {
        if (cancel.isCancelled())
            return Error { ErrorCode::Cancelled, DomainText::tr("the check was cancelled") };
        tried.append(example.command);
        check.examples.append({ example, runExample(check.workspace, example) });
    }
    for (const CommandDefinition& command : check.workspace->commands())
        if (!tried.contains(command.name))
            check.untried.append(command.name);
    return check;
}

} // namespace eventloupe
