#include "fuzz/workspacefiles.h"

#include "fuzz/fuzztarget.h"

namespace eventloupe {

const std::array<WorkspaceFile, 6>& workspaceFiles()
{
    static constexpr auto files = std::to_array<WorkspaceFile>({
        { "workspace.json",
            R"({"name":"shop","store":"events.eventlog","commands":["CREATE"]})" },
        { "aggregates/user.json",
            R"({"category":"user","title":"name","initialState":{"n":0},"events":["CREATED"]})" },
        { "commands/CREATE.json",
            R"({"title":"Create","stream":"user-{data.id}","schema":{"type":"object","properties":{
            "id":{"type":"string"}}},"require":[{"that":"!exists","message":"there is {data.id}"}],
            "emit":[{"type":"CREATED","data":{"name":"data.id"}}]})" },
        { "events/CREATED.json",
            R"({"type":"CREATED","schema":{"type":"object"},"evolve":{"/name":"data.name",
            "/items/{data.name}":"state.n + 1","/draft":null}})" },
        { "examples/create.json",
            R"({"title":"create","when":{"command":"CREATE","data":{"id":"1"}},
            "then":[{"type":"CREATED","data":{"name":"1"}}]})" },
        { "projections/users.json",
            R"({"title":"Users","key":"event.stream","columns":[{"name":"n"}],
            "evolve":{"CREATED":{"/n":"data.name"}}})" },
    });
    return files;
}

void requireTold(const QList<WorkspaceProblem>& problems)
{
    for (const WorkspaceProblem& problem : problems) {
        require(!problem.message.isEmpty() && !problem.file.isEmpty(), "a problem says nothing");
        require(problem.line > 0 && problem.column > 0, "a problem has no place");
    }
}

QByteArrayList workspaceSeeds()
{
    QByteArrayList seeds;
    for (std::size_t i = 0; i < workspaceFiles().size(); ++i) {
        const auto kind = static_cast<char>(i);
        const auto path = QString::fromLatin1(workspaceFiles().at(i).path);
        seeds.append(kind + QByteArray(workspaceFiles().at(i).good));
        for (const char* workspace : { "shop", "users", "bank", "library" }) {
            const auto folder = QStringLiteral("resources/workspaces/%1/%2")
                                    .arg(QString::fromLatin1(workspace), path.section(u'/', 0, -2));
            const auto pattern = path.contains(u'/') ? QStringLiteral("*.json") : path;
            for (const QByteArray& text : ownFiles(folder, pattern))
                seeds.append(kind + text);
        }
    }
    return seeds;
}

} // namespace eventloupe
