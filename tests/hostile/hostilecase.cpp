#include "hostile/hostilecase.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

namespace eventloupe {

namespace {

constexpr std::string_view threeEvents = R"({"stream":"a-1","type":"T","id":"1","data":{"n":1}}
{"stream":"a-2","type":"T","id":"2","data":{"n":2}}
{"stream":"a-1","type":"U","id":"3","data":{"n":3}}
)";

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray faultOf(const HostileCase& row, const ChildRun& run)
{
    const QByteArray said = run.err + run.out;
    if (run.code != row.code)
        return "exit code " + QByteArray::number(run.code) + ": " + said.left(300);
    if (!said.contains(row.says))
        return "it says: " + said.left(500);
    if (row.code == 1 && !run.err.startsWith("eventloupe: ") && run.out.isEmpty())
        return "no message: " + said.left(300);
    if (run.err.size() >= 4096)
        return "a message without end";
    return {};
}

} // namespace

HostileOutcome runCase(const HostileCase& row)
{
    const QTemporaryDir folder;
    const QString store = folder.filePath(QStringLiteral("s.eventlog"));
    const QStringList import { QStringLiteral("import"), QStringLiteral("s.eventlog"),
        QStringLiteral("-") };
    const auto made
        = runChild(folder.path(), import, [](const Feed& feed) { feed(threeEvents); });
    if (made.code != 0)
        return { made, "the store cannot be made: " + made.err };
    const QByteArray before = contentOf(store);
    if (row.prepare)
        row.prepare(folder.path());
    HostileOutcome outcome { runChild(folder.path(), row.words, row.input), {} };
    outcome.fault = faultOf(row, outcome.run);
    if (!outcome.fault.isEmpty())
        return outcome;
    const auto verified = runChild(
        folder.path(), { QStringLiteral("verify"), QStringLiteral("s.eventlog") });
    if (verified.code != 0)
        outcome.fault = "the store is damaged: " + verified.err + verified.out;
    else if (!row.isStored && contentOf(store) != before)
        outcome.fault = "the store was changed";
    return outcome;
}

} // namespace eventloupe
