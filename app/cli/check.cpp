#include "app/cli/verb.h"

#include "domain/workspacecheck.h"
#include "value/event.h"

#include <QDir>

namespace eventloupe::cli {

namespace {

/// Writes a check as lines for people, or as a JSON object a line for scripts.
class CheckWriter {
public:
    CheckWriter(const QString& folder, bool asJson, Terminal& terminal)
        : m_folder(folder)
        , m_asJson(asJson)
        , m_terminal(terminal)
    {
    }

    void write(const WorkspaceCheck& check)
    {
        for (const auto& problem : check.problems)
            m_asJson ? writeObject(problem) : writeText(problem);
        for (const auto& item : check.examples)
            m_asJson ? writeObject(item) : writeText(item);
        for (const auto& item : check.notRun)
            m_asJson ? writeObject(item) : writeText(item);
        for (const auto& note : check.notes)
            m_asJson ? writeObject(note, "note") : writeText(note, tr("note: "));
        m_asJson ? writeSummaryObject(check) : writeSummary(check);
    }

private:
    void line(const QString& text) { m_terminal.writeText(text); }
    void object(const JsonValue& value) { m_terminal.writeLine(viewOf(value.toJson())); }
    [[nodiscard]] QString pathOf(const QString& file) const
    {
        return QDir(m_folder).filePath(file);
    }

    void writeText(const WorkspaceProblem& problem, const QString& kind = {})
    {
        line(QStringLiteral("%1:%2:%3: %4%5")
                 .arg(pathOf(problem.file))
                 .arg(problem.line)
                 .arg(problem.column)
                 .arg(kind, problem.message));
    }
    void writeText(const WorkspaceCheck::Item& item)
    {
        const bool holds = item.differences.isEmpty();
        line(QStringLiteral("%1  %2: %3")
                 .arg(holds ? tr("ok  ") : tr("FAIL"), pathOf(item.example.file),
                     item.example.title));
        for (const auto& difference : item.differences) {
            const auto side
                = [](const QString& text) { return text.isEmpty() ? tr("nothing") : text; };
            line(QStringLiteral("      ") + difference.place);
            if (difference.isFault) {
                line(tr("        fault    %1").arg(difference.came));
                continue;
            }
            line(tr("        expected %1").arg(side(difference.expected)));
            line(tr("        came     %1").arg(side(difference.came)));
        }
    }
    void writeText(const WorkspaceCheck::NotRun& item)
    {
        line(tr("----  %1: %2").arg(pathOf(item.example.file), item.example.title));
        line(tr("      not run: %1 has a mistake").arg(pathOf(item.file)));
    }
    void writeSummary(const WorkspaceCheck& check)
    {
        const auto notRun = check.notRun.size();
        line(tr("Examples: %1, failed: %2, %3problems: %4")
                 .arg(check.examples.size() + notRun)
                 .arg(check.failures())
                 .arg(notRun > 0 ? tr("not run: %1, ").arg(notRun) : QString())
                 .arg(check.problems.size()));
        if (!check.untried.isEmpty())
            line(tr("no example is about: %1").arg(check.untried.join(QStringLiteral(", "))));
    }

    static void put(JsonValue& object, const char* name, const QString& text)
    {
        object.insert(name, JsonValue::fromString(text));
    }
    static void put(JsonValue& object, const char* name, qint64 number)
    {
        object.insert(name, JsonValue::fromInt(number));
    }
    void writeObject(const WorkspaceProblem& problem, const char* kind = "problem")
    {
        auto value = JsonValue::emptyObject();
        put(value, kind, problem.message);
        put(value, "file", problem.file);
        put(value, "line", problem.line);
        put(value, "column", problem.column);
        object(value);
    }
    void writeObject(const WorkspaceCheck::Item& item)
    {
        auto value = JsonValue::emptyObject();
        put(value, "example", item.example.title);
        put(value, "file", item.example.file);
        value.insert("holds", JsonValue::fromBool(item.differences.isEmpty()));
        auto differences = JsonValue::emptyArray();
        for (const auto& difference : item.differences) {
            auto one = JsonValue::emptyObject();
            put(one, "place", difference.place);
            if (difference.isFault) {
                put(one, "fault", difference.came);
            } else {
                put(one, "expected", difference.expected);
                put(one, "came", difference.came);
            }
            differences.append(one);
        }
        value.insert("differences", differences);
        object(value);
    }
    void writeObject(const WorkspaceCheck::NotRun& item)
    {
        auto value = JsonValue::emptyObject();
        put(value, "example", item.example.title);
        put(value, "file", item.example.file);
        put(value, "notRun", tr("%1 has a mistake").arg(item.file));
        object(value);
    }
    void writeSummaryObject(const WorkspaceCheck& check)
    {
        auto value = JsonValue::emptyObject();
        put(value, "examples", check.examples.size() + check.notRun.size());
        put(value, "failures", check.failures());
        put(value, "notRun", check.notRun.size());
        put(value, "problems", check.problems.size());
        auto untried = JsonValue::emptyArray();
        for (const auto& command : check.untried)
            untried.append(JsonValue::fromString(command));
        value.insert("untried", untried);
        object(value);
    }

    QString m_folder;
    bool m_asJson;
    Terminal& m_terminal;
};

int run(const Arguments& arguments, Terminal& terminal)
{
    const auto& folder = arguments.words().constFirst();
    const auto check = checkWorkspace(folder, terminal.cancel());
    if (!check)
        return terminal.fail(check.error());
    CheckWriter(folder, arguments.has(QStringLiteral("json")), terminal).write(*check);
    return check->isGood() ? Done : Failed;
}

} // namespace

Verb checkVerb()
{
    Verb verb;
    verb.name = QStringLiteral("check");
    verb.synopsis = QStringLiteral("WORKSPACE [--json]");
    verb.summary = tr("Reads a workspace's definitions and runs its examples");
    verb.details = tr("Names what is wrong with a definition as file:line:column, and where an "
                      "example does not\nhold: what was expected, and what came. Exit 1 when "
                      "anything is wrong;\na note says what may be missing, and is no failure.");
    verb.options = { { QStringLiteral("json"), {},
        tr("A JSON object a line: problems, examples with their differences, a summary") } };
    verb.run = run;
    return verb;
}

} // namespace eventloupe::cli
