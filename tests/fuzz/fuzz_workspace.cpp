#include "fuzz/fuzztarget.h"
#include "fuzz/workspacefiles.h"

#include "domain/workspacecheck.h"

#include <QDir>

// A definition file in a folder that is a good workspace without it (see workspacefiles.h), checked
// whole: the others are read again beside it and the examples are run. Reading and the examples
// end, and a problem has a place and a message. fuzz_definition does less, and much faster.

using namespace eventloupe;

namespace {

void write(const WorkspaceFile& file, std::string_view text)
{
    writeFuzzFile(QString::fromLatin1(file.path), text);
}

void makeWorkspace()
{
    for (const WorkspaceFile& file : workspaceFiles()) {
        const auto path = fuzzFolder() + u'/' + QString::fromLatin1(file.path);
        QDir().mkpath(path.section(u'/', 0, -2));
        write(file, file.good);
    }
    const auto check = checkWorkspace(fuzzFolder());
    require(check.ok() && check->isGood() && check->notRun.isEmpty() && !check->examples.isEmpty(),
        "the good workspace is not good");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const bool isMade = (makeWorkspace(), true);
    if (!isMade || size == 0)
        return 0;
    const WorkspaceFile& file = workspaceFileOf(data[0]);
    write(file, viewOfInput(data, size).substr(1));
    const auto check = checkWorkspace(fuzzFolder());
    require(check.ok() || !check.error().message.isEmpty(), "a failure says nothing");
    if (check)
        requireTold(check->problems);
    write(file, file.good);
    return 0;
}

QByteArrayList eventloupe::fuzzSeeds()
{
    return workspaceSeeds();
}
