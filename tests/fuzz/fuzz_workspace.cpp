#include "fuzz/fuzztarget.h"

#include "domain/workspacecheck.h"

#include <QDir>

#include <array>

// A definition file in a workspace that is good without it: the first byte says which, the rest is
// its text. Reading and the examples end, and a problem has a place and a message.

using namespace eventloupe;

namespace {

struct Place {
    const char* path;
    const char* good; ///< What stands there else; nullptr: nothing.
};

constexpr auto places = std::to_array<Place>({
    { "workspace.json", R"({"name":"shop","store":"events.eventlog","commands":["CREATE"]})" },
    { "aggregates/user.json",
        R"({"category":"user","title":"name","initial":{"n":0},"events":["CREATED"]})" },
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
            "events":{"CREATED":{"n":"data.name"}}})" },
});

void write(const Place& place, std::string_view text)
{
    writeFuzzFile(QString::fromLatin1(place.path), text);
}

void makeWorkspace()
{
    for (const char* folder :
        { "aggregates", "commands", "events", "examples", "projections" })
        QDir(fuzzFolder()).mkpath(QString::fromLatin1(folder));
    for (const Place& place : places)
        write(place, place.good);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const bool isMade = (makeWorkspace(), true);
    if (!isMade || size == 0)
        return 0;
    const Place& place = places.at(data[0] % places.size());
    write(place, viewOfInput(data, size).substr(1));
    const auto check = checkWorkspace(fuzzFolder());
    require(check.ok() || !check.error().message.isEmpty(), "a failure says nothing");
    if (check) {
        for (const WorkspaceProblem& problem : check->problems) {
            require(!problem.message.isEmpty() && !problem.file.isEmpty(), "a problem says nothing");
            require(problem.line > 0 && problem.column > 0, "a problem has no place");
        }
    }
    write(place, place.good);
    return 0;
}

QByteArrayList eventloupe::fuzzSeeds()
{
    QByteArrayList seeds;
    static constexpr auto folders = std::to_array<const char*>(
        { "", "aggregates", "commands", "events", "examples", "projections" });
    for (std::size_t i = 0; i < places.size(); ++i) {
        const char kind = static_cast<char>(i);
        seeds.append(kind + QByteArray(places.at(i).good));
        if (i == 0)
            continue;
        for (const char* workspace : { "shop", "users", "bank", "library" }) {
            const auto folder = QStringLiteral("resources/workspaces/%1/%2")
                                    .arg(QString::fromLatin1(workspace),
                                        QString::fromLatin1(folders.at(i)));
            for (const QByteArray& text : ownFiles(folder, QStringLiteral("*.json")))
                seeds.append(kind + text);
        }
    }
    return seeds;
}
