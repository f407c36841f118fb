#include "support/sampleworkspace.h"

#include <QDir>
#include <QFile>

namespace eventloupe {

SampleWorkspace::SampleWorkspace(const QList<std::pair<QString, QByteArray>>& files)
{
    const auto write = [this](const QString& name, const QByteArray& text) {
        const QFileInfo info(m_folder.filePath(name));
        QFile file(info.filePath());
        if (!QDir().mkpath(info.path()) || !file.open(QIODevice::WriteOnly)
            || file.write(text) != text.size())
            qFatal("sample workspace: cannot write %s", qPrintable(info.filePath()));
    };
    write(QStringLiteral("workspace.json"), R"({"name": "Sample", "store": "events.eventlog"})");
    for (const auto& [name, text] : files)
        write(name, text);
}

std::shared_ptr<const Workspace> SampleWorkspace::load() const
{
    const auto workspace = Workspace::load(m_folder.path());
    if (!workspace)
        qFatal("sample workspace: %s", qPrintable(workspace.error().message));
    for (const WorkspaceProblem& problem : (*workspace)->problems())
        qFatal("sample workspace: %s:%d: %s", qPrintable(problem.file), problem.line,
            qPrintable(problem.message));
    return *workspace;
}

std::shared_ptr<const Workspace> SampleWorkspace::counter()
{
    const SampleWorkspace sample({
        { QStringLiteral("aggregates/counter.json"),
            R"({"category": "counter", "initialState": {"n": 0}, "headline": ["/n"]})" },
        { QStringLiteral("events/ADDED.json"),
            R"({"type": "ADDED", "evolve": {"/n": "state.n + data.by"}})" },
        { QStringLiteral("events/NOTED.json"), R"({"type": "NOTED", "evolve": "merge"})" },
        { QStringLiteral("events/CLOSED.json"), R"({"type": "CLOSED", "evolve": "delete"})" },
        { QStringLiteral("commands/ADD.json"), R"({
            "title": "Add", "stream": "counter-{data.id}",
            "schema": {"type": "object", "required": ["id", "by"],
                "properties": {"id": {"type": "string"}, "by": {"type": "integer"}}},
            "require": [{"that": "data.by != 0", "message": "nothing to add"}],
            "emit": [{"type": "ADDED", "data": {"by": "data.by", "from": "state.n"}}]})" },
        { QStringLiteral("commands/CLOSE.json"), R"({
            "title": "Close", "stream": "counter-{data.id}",
            "schema": {"type": "object", "required": ["id"],
                "properties": {"id": {"type": "string"}}},
            "require": [{"that": "exists", "message": "there is no such counter"}],
            "emit": [{"type": "CLOSED", "data": {}}]})" },
    });
    return sample.load();
}

} // namespace eventloupe
