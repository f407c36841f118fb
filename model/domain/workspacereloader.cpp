#include "domain/workspacereloader.h"

#include "domain/workspaceloader.h"

namespace eventloupe {

namespace {

QSet<QString> filesOf(const QList<WorkspaceProblem>& problems)
{
    QSet<QString> files;
    for (const WorkspaceProblem& problem : problems)
        files.insert(problem.file);
    return files;
}

} // namespace

struct WorkspaceReloader::Attempt {
    std::shared_ptr<const Workspace> workspace;
    TextsByPath texts;
};

WorkspaceReloader::WorkspaceReloader(QString folder)
    : m_folder(std::move(folder))
{
}

Result<WorkspaceReloader::Attempt> WorkspaceReloader::attempt(const TextsByPath& given) const
{
    DefinitionTexts texts(m_folder, given);
    auto workspace = WorkspaceLoader(texts).load();
    if (!workspace)
        return workspace.error();
    return Attempt { *workspace, texts.noted() };
}

TextsByPath WorkspaceReloader::standInForSettings(QList<WorkspaceProblem>& problems) const
{
    const QString& name = workspaceFileName();
    DefinitionTexts texts(m_folder);
    const DefinitionFile settings(texts, name);
    if (settings.isGood() || !m_good.contains(name))
        return {};
    problems = settings.problems();
    return { { name, m_good.value(name) } };
}

Result<WorkspaceReloader::Loaded> WorkspaceReloader::load()
{
    QList<WorkspaceProblem> problems;
    TextsByPath given = standInForSettings(problems);
    const auto present = attempt(given);
    if (!present)
        return present.error();
    problems += present->workspace->problems();
    const bool isNew = present->texts != m_last || m_lastProblems != problems.size();
    m_last = present->texts;
    m_lastProblems = problems.size();

    const QSet<QString> broken = filesOf(problems);
    for (auto text = present->texts.cbegin(); text != present->texts.cend(); ++text) {
        if (!broken.contains(text.key()))
            m_good.insert(text.key(), text.value());
    }
    for (const QString& file : broken) {
        if (m_good.contains(file))
            given.insert(file, m_good.value(file));
    }
    if (given.isEmpty())
        return Loaded { present->workspace, {}, isNew };

    const auto mended = attempt(given);
    if (!mended)
        return mended.error();
    // What a good text of before brings up is told, unless its file is known to be broken.
    for (const WorkspaceProblem& problem : mended->workspace->problems()) {
        if (!broken.contains(problem.file))
            problems.append(problem);
    }
    QStringList kept = given.keys();
    kept.sort();
    return Loaded { mended->workspace->withProblems(problems), kept, isNew };
}

} // namespace eventloupe
