// The window is killed at a random moment of a random walk, started again, and asked what came
// back:
//     windowkills ROUNDS [SEED]
// Each round is a process of its own, this program once more, that goes on with the session of
// those before it. It writes down what is in the window after each step, ten a second; what the
// next one finds must be one of the states of the last two seconds. Prints a line of JSON; ends
// with 1 where something else came back. Time is counted in turns of the window's event loop, so
// that a machine that is busy with other things takes nothing away.

#include "faults/windowwalk.h"

#include "domain/workspacetemplate.h"
#include "store/openstore.h"
#include "value/event.h"
#include "value/json.h"

#include <QApplication>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <iterator>
#include <optional>
#include <vector>

using namespace eventloupe;

namespace {

constexpr int patience = 120'000; ///< Milliseconds, for a round.
constexpr qint64 mostTurns = 2000 / WindowWalk::turnMilliseconds;

struct Record {
    qint64 turn = 0;
    QByteArray place; ///< What is kept as one.
    QByteArray branch;
};

struct Round {
    bool wasKilled = false;
    bool isReady = false; ///< It came to tell what was back.
    QByteArray warning;
    std::vector<Record> records; ///< The first is what was back.
};

struct Figures {
    int rounds = 0;
    int early = 0; ///< Killed before the window was there.
    int compared = 0;
    int lost = 0; ///< What was back was too old.
    int differing = 0; ///< It was none of what had been.
    int failed = 0; ///< Ended by itself.
    int warned = 0; ///< Something that was kept could not be read.
    qint64 mostTurnsLost = 0;
};

void require(bool condition, const char* what)
{
    if (!condition)
        qFatal("windowkills: %s", what);
}

void makeWorkspace(const QString& folder)
{
    require(writeWorkspace(QStringLiteral("users"), folder).ok(), "no workspace");
    auto store = openStore(folder + QStringLiteral("/events.eventlog"), OpenMode::Create);
    require(store.ok(), "no store");
    auto bulk = (*store)->beginBulk();
    require(bulk.ok(), "no load");
    for (int n = 0; n < 60; ++n) {
        const QByteArray data = "{\"name\":\"n" + QByteArray::number(n)
            + "\",\"email\":\"a@example.org\",\"status\":\"active\"}";
        require((*bulk)
                    ->add(QStringLiteral("user-%1").arg(n % 7),
                        NewEvent { n < 7 ? QStringLiteral("USER_CREATED")
                                         : QStringLiteral("USER_RENAMED"),
                            data, "{}", Timestamp { 1'772'373'600'000'000 + n * 1'000'000 }, {} })
                    .ok(),
            "no event");
    }
    require((*bulk)->commit({}).ok(), "no log");
}

Round readTrace(const QString& file)
{
    Round round;
    QFile trace(file);
    if (!trace.open(QIODevice::ReadOnly))
        return round;
    for (QByteArray line = trace.readLine(); line.endsWith('\n'); line = trace.readLine()) {
        const auto json = parseJson(viewOf(line));
        require(json.ok(), "a trace that is no JSON");
        if (const auto* warning = json->find("warning"))
            round.warning = warning->toUtf8();
        const auto* turn = json->find("turn");
        if (!turn)
            continue;
        round.isReady = true;
        round.records.push_back({ turn->toInt(), json->find("place")->toJson(),
            json->find("branch")->toJson() });
    }
    return round;
}

Round run(const QString& folder, quint32 seed)
{
    const QString trace = folder + QStringLiteral("/trace");
    QFile::remove(trace);
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedChannels);
    child.start(QCoreApplication::applicationFilePath(),
        { QStringLiteral("--walk"), folder, QString::number(seed) });
    if (!child.waitForFinished(patience)) {
        child.kill();
        child.waitForFinished();
        return {};
    }
    Round round = readTrace(trace);
    round.wasKilled = child.exitStatus() == QProcess::CrashExit && child.exitCode() == SIGKILL;
    return round;
}

/// What may be back after a round: the states of its last two seconds.
std::vector<Record> candidatesOf(const std::vector<Record>& records)
{
    const qint64 since = records.back().turn - mostTurns;
    auto first = std::find_if(records.begin(), records.end(),
        [since](const Record& record) { return record.turn > since; });
    if (first != records.begin())
        --first; // It was in force then.
    return { first, records.end() };
}

/// How many turns older than the newest one the record is that has the same; nothing for none.
template <class Member>
std::optional<qint64> ageOf(
    const std::vector<Record>& records, const Record& found, Member member)
{
    const auto same = std::find_if(records.rbegin(), records.rend(),
        [&](const Record& record) { return record.*member == found.*member; });
    if (same == records.rend())
        return std::nullopt;
    // Until the next one came it was not old at all.
    const qint64 until = same == records.rbegin() ? same->turn : std::prev(same)->turn;
    return records.back().turn - until;
}

void compare(const std::vector<Record>& all, const Record& found, Figures& figures)
{
    ++figures.compared;
    const auto candidates = candidatesOf(all);
    for (const auto member : { &Record::place, &Record::branch }) {
        const auto age = ageOf(candidates, found, member);
        if (age)
            figures.mostTurnsLost = std::max(figures.mostTurnsLost, *age);
        else if (ageOf(all, found, member))
            ++figures.lost;
        else
            ++figures.differing;
        if (!age)
            std::fprintf(stderr, "came back: %s\nwas last: %s\n", (found.*member).constData(),
                (all.back().*member).constData());
    }
}

int walkRounds(int rounds, quint32 seed)
{
    const QTemporaryDir folder;
    makeWorkspace(folder.filePath(QStringLiteral("workspace")));
    Figures figures;
    std::vector<Record> last; ///< Of the last round that came to something.
    for (; figures.rounds < rounds; ++figures.rounds) {
        const Round round = run(folder.path(), seed + quint32(figures.rounds));
        figures.failed += round.wasKilled ? 0 : 1;
        figures.warned += round.warning.isEmpty() ? 0 : 1;
        if (!round.warning.isEmpty())
            std::fprintf(stderr, "warned: %s\n", round.warning.constData());
        figures.early += round.isReady ? 0 : 1;
        if (!round.isReady)
            continue;
        if (!last.empty())
            compare(last, round.records.front(), figures);
        last = round.records;
    }
    std::printf("{\"test\":\"window-kills\",\"seed\":%u,\"rounds\":%d,\"before_the_window\":%d,"
                "\"compared\":%d,\"lost\":%d,\"differing\":%d,\"ended_otherwise\":%d,"
                "\"warned\":%d,\"most_ms_lost\":%lld}\n",
        seed, figures.rounds, figures.early, figures.compared, figures.lost, figures.differing,
        figures.failed, figures.warned,
        static_cast<long long>(figures.mostTurnsLost * WindowWalk::turnMilliseconds));
    const bool isWell = figures.lost + figures.differing + figures.failed + figures.warned == 0;
    return isWell && figures.compared > 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication::setApplicationName(QStringLiteral("windowkills"));
    QApplication application(argc, argv);
    const auto arguments = QApplication::arguments();
    if (arguments.value(1) == u"--walk")
        return WindowWalk::run(arguments.value(2), arguments.value(3).toUInt());
    const int rounds = arguments.value(1, QStringLiteral("100")).toInt();
    return walkRounds(rounds, arguments.value(2, QStringLiteral("1")).toUInt());
}
