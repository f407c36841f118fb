#include "domain/workspacereloader.h"

#include "domain/workspaceloader.h"

#include <algorithm>
#include <iterator>

namespace eventloupe {

namespace {

QSet<QString> filesOf(const QList<WorkspaceProblem>& problems)
{
    QSet<QString> files;
    for (const WorkspaceProblem& problem : problems)
        files.insert(problem.file);
    return files;
}

/// Only so many files that are gone are tried one by one; more of them all at once.
constexpr qsizetype mostTriedSingly = 16;

QList<QStringList> groupsOf(QStringList files)
{
    files.sort();
    if (files.size() > mostTriedSingly)
        return { files };
    QList<QStringList> groups;
    for (const QString& file : files)
        groups.append({ file });
    return groups;
}

bool isBetter(const QList<WorkspaceProblem>& next, const QList<WorkspaceProblem>& before)
{
    return next.size() < before.size() && filesOf(before).contains(filesOf(next));
}

} // namespace

struct WorkspaceReloader::Attempt {
    std::shared_ptr<const Workspace> workspace;
    TextsByPath texts;
    QStringList referred;
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
    return Attempt { *workspace, texts.noted(), texts.referred() };
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
    given.insert(takeGood(present->texts, broken));
    Attempt best = *present;
    if (!given.isEmpty()) {
        auto mended = attempt(given);
        if (!mended)
            return mended.error();
        best = std::move(mended).value();
    }
    bringBackGone(present->texts, broken, given, best);

    const QSet<QString> out = filesOf(best.workspace->problems());
    QStringList kept;
    for (auto text = given.cbegin(); text != given.cend(); ++text) {
        // A problem in the settings leaves them in use.
        if (!out.contains(text.key()) || text.key() == workspaceFileName())
            kept.append(text.key());
    }
    kept.sort();
    QStringList gone;
    const DefinitionTexts files(m_folder);
    std::copy_if(kept.cbegin(), kept.cend(), std::back_inserter(gone),
        [&files](const QString& file) { return !files.contains(file); });
    // What a good text of before brings up is told, unless its file is known to be broken.
    for (const WorkspaceProblem& problem : best.workspace->problems()) {
        if (!broken.contains(problem.file))
            problems.append(problem);
    }
    QStringList referred = present->referred;
    for (const QString& file : best.referred) {
        if (!referred.contains(file))
            referred.append(file);
    }
    return Loaded { best.workspace->withProblems(problems), kept, gone, referred, isNew };
}

TextsByPath WorkspaceReloader::takeGood(const TextsByPath& present, const QSet<QString>& broken)
{
    for (auto text = present.cbegin(); text != present.cend(); ++text) {
        if (!broken.contains(text.key()))
            m_good.insert(text.key(), text.value());
    }
    TextsByPath last;
    for (const QString& file : broken) {
        const auto good = m_good.constFind(file);
        if (good != m_good.cend() && (!present.contains(file) || present.value(file) != *good))
            last.insert(file, *good);
    }
    return last;
}

void WorkspaceReloader::bringBackGone(
    const TextsByPath& present, const QSet<QString>& broken, TextsByPath& given, Attempt& best)
{
    QStringList gone;
    for (auto good = m_good.cbegin(); good != m_good.cend(); ++good) {
        if (!present.contains(good.key()) && !broken.contains(good.key()))
            gone.append(good.key());
    }
    // Good once, and out of use now. A problem in the settings takes nothing out of use.
    const auto isAnyOut = [&] {
        const auto files = filesOf(best.workspace->problems());
        for (const QString& file : files) {
            if (file != workspaceFileName() && m_good.contains(file))
                return true;
        }
        return false;
    };
    if (!isAnyOut()) {
        for (const QString& file : gone) {
            if (!given.contains(file))
                m_good.remove(file);
        }
        return;
    }
    for (const QStringList& group : groupsOf(gone)) {
        TextsByPath more = given;
        for (const QString& file : group)
            more.insert(file, m_good.value(file));
        auto next = attempt(more);
        if (!next || !isBetter(next->workspace->problems(), best.workspace->problems()))
            continue;
        best = std::move(next).value();
        given = more;
        if (!isAnyOut())
            return;
    }
}

} // namespace eventloupe
