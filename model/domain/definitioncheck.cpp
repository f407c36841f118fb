#include "domain/definitioncheck.h"

#include "domain/definitioncompletion.h"
#include "domain/definitionformat.h"
#include "domain/domaintext.h"
#include "domain/example.h"
#include "domain/jsontracker.h"
#include "domain/memberchecks.h"
#include "domain/workspaceloader.h"

#include <QFileInfo>

namespace eventloupe {

namespace {

/// Where the lines of a text begin, and back.
class Lines {
public:
    explicit Lines(const QString& text)
        : m_text(text)
    {
        for (qsizetype at = text.indexOf(u'\n'); at >= 0; at = text.indexOf(u'\n', at + 1))
            m_starts.append(static_cast<int>(at) + 1);
    }

    [[nodiscard]] int offsetOf(int line, int column) const
    {
        int at = m_starts.value(line - 1, static_cast<int>(m_text.size()));
        // Columns are counted in characters: a pair of surrogates is one.
        for (int i = 1; i < column && at < m_text.size() && m_text.at(at) != u'\n'; ++i)
            at += m_text.at(at).isHighSurrogate() ? 2 : 1;
        return std::min(at, static_cast<int>(m_text.size()));
    }
    [[nodiscard]] int startOf(qsizetype index) const { return m_starts.at(index); }

private:
    const QString& m_text;
    QList<int> m_starts { 0 };
};

/// How much of the text to mark: a word, a string, or one sign.
int lengthAt(const QString& text, int offset)
{
    if (offset >= text.size())
        return 0;
    int end = offset;
    if (text.at(offset) == u'"') {
        for (++end; end < text.size() && text.at(end) != u'"' && text.at(end) != u'\n'; ++end)
            end += text.at(end) == u'\\' ? 1 : 0;
        return std::min(end + 1, static_cast<int>(text.size())) - offset;
    }
    while (end < text.size() && (text.at(end).isLetterOrNumber() || text.at(end) == u'_'))
        ++end;
    return std::max(end - offset, 1);
}

void addHints(const QString& path, const QString& text, const Lines& lines,
    const DefinitionNames& names, QList<DefinitionProblem>& problems)
{
    const auto kind = definitionKindOf(path);
    if (!kind || *kind == DefinitionKind::Example)
        return;
    const DefinitionFormat& format = DefinitionFormat::of(*kind);
    JsonTracker tracker;
    int number = 0;
    for (const QStringView line : QStringView(text).split(u'\n')) {
        ++number;
        for (const JsonToken& token : tracker.feed(line)) {
            const TextUse use = token.kind == JsonToken::Kind::Key ? format.useOfKey(token.path)
                : token.kind == JsonToken::Kind::String            ? format.useOfValue(token.path)
                                                                   : TextUse();
            if (use.kind != TextUse::Kind::Name || use.scope != u"events" || !token.isClosed)
                continue;
            const QString name = decodedJsonString(line.mid(token.start, token.length));
            if (names.workspace().event(name) || name.isEmpty())
                continue;
            DefinitionProblem hint;
            hint.level = DefinitionProblem::Level::Hint;
            hint.file = path;
            hint.line = number;
            hint.column = token.start + 1;
            hint.start = lines.startOf(number - 1) + token.start;
            hint.length = token.length;
            hint.message = DomainText::tr("no file in events/ defines '%1': its data is merged "
                                          "into the state")
                               .arg(name);
            problems.append(hint);
        }
    }
}

/// Members that expressions read, and of which nothing says that they are there.
void noteMembers(const QString& path, const Workspace& workspace, DefinitionFile& file)
{
    const auto kind = definitionKindOf(path);
    if (kind == DefinitionKind::Projection && file.isGood())
        checkProjectionMembers(workspace, file, MemberCheck::Notes);
    const CommandDefinition* command
        = kind == DefinitionKind::Command ? workspace.command(file.baseName()) : nullptr;
    if (command && file.isGood())
        checkCommandMembers(*command, file, MemberCheck::Notes);
}

DefinitionProblem problemOf(
    const WorkspaceProblem& problem, const QString& path, const QString& text, const Lines& lines)
{
    DefinitionProblem found;
    found.file = problem.file;
    found.line = problem.line;
    found.column = problem.column;
    found.message = problem.message;
    if (problem.file == path) {
        found.start = lines.offsetOf(problem.line, problem.column);
        found.length = lengthAt(text, found.start);
    }
    return found;
}

} // namespace

DefinitionCheck checkDefinition(const QString& folder, const QString& path, const QString& text,
    TextsByPath others, const CancelToken& cancel)
{
    others.insert(path, text.toUtf8());
    DefinitionTexts texts(folder, others);
    QList<WorkspaceProblem> found;
    DefinitionCheck check;
    if (const auto loaded = WorkspaceLoader(texts, cancel).load()) {
        check.workspace = *loaded;
        found = check.workspace->problems();
        static_cast<void>(loadExamples(*check.workspace, texts, found, cancel));
    } else {
        found = DefinitionFile(texts, workspaceFileName()).problems();
    }
    if (cancel.isCancelled())
        return {};
    const Lines lines(text);
    QList<DefinitionProblem> elsewhere;
    for (const WorkspaceProblem& problem : found) {
        const auto noted = problemOf(problem, path, text, lines);
        (problem.file == path ? check.problems : elsewhere).append(noted);
    }
    const DefinitionNames names(check.workspace ? check.workspace : Workspace::empty());
    if (check.problems.isEmpty()) {
        addHints(path, text, lines, names, check.problems);
        DefinitionFile file(texts, path);
        noteMembers(path, names.workspace(), file);
        for (const WorkspaceProblem& problem : file.problems()) {
            check.problems.append(problemOf(problem, path, text, lines));
            check.problems.last().level = DefinitionProblem::Level::Hint;
        }
    }
    std::stable_sort(check.problems.begin(), check.problems.end(),
        [](const auto& left, const auto& right) { return left.start < right.start; });
    for (DefinitionProblem& problem : check.problems)
        problem.fixes = fixesAt(path, text, problem.start, names);
    check.problems += elsewhere;
    return check;
}

} // namespace eventloupe
