#include "benchfigures.h"
#include "store/openstore.h"
#include "time/replayer.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

#include <sys/resource.h>

// bench_replay STORE: folding a whole log of the generator's, by merging and by rules. One JSON
// object a figure.

using namespace eventloupe;

namespace {

template <class T> T taken(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "bench_replay: %s\n", qPrintable(result.error().message));
        std::exit(1);
    }
    return std::move(*result);
}

/// Rules as a ledger has them, for every type of the log.
std::shared_ptr<const Workspace> rulesFor(EventStore& store)
{
    const QTemporaryDir folder;
    const auto write = [&folder](const QString& name, const QByteArray& text) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            std::exit(1);
    };
    QDir(folder.path()).mkdir(QStringLiteral("aggregates"));
    QDir(folder.path()).mkdir(QStringLiteral("events"));
    write(QStringLiteral("workspace.json"), "{}");
    for (const char* category : { "account", "user", "order", "cart", "shipment" })
        write(QStringLiteral("aggregates/%1.json").arg(QLatin1String(category)),
            R"({"initialState":{"balance":0,"count":0}})");
    for (const QString& type : taken(store.types()))
        write(QStringLiteral("events/%1.json").arg(type),
            R"({"evolve":{"/balance":"state.balance + data.amount",)"
            R"("/count":"state.count + 1","/city":"data.address.city"}})");
    return taken(Workspace::load(folder.path()));
}

qint64 peakBytes()
{
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss * 1024LL;
}

/// The median of five replays, by the clock and by the processor, and what they took at most.
void measureReplay(const std::string& figure, EventStore& store, const Evolver& evolver)
{
    const Position events = taken(store.head());
    const qint64 before = peakBytes();
    std::vector<double> rates;
    std::vector<double> processor;
    ReplaySummary summary;
    for (int run = 0; run < 5; ++run) {
        const std::clock_t start = std::clock();
        summary = taken(replayAll(store, evolver, events, CancelToken(), {}));
        processor.push_back(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
        rates.push_back(static_cast<double>(events) / summary.seconds);
    }
    report(figure, "events/s", rates, Better::Higher);
    // On a machine that is shared, the processor's time tells more than the clock's.
    report(figure + "_processor_time", "s", processor);
    report(figure + "_failures", "events", { static_cast<double>(summary.failures) });
    if (const qint64 peak = peakBytes(); peak > before)
        report(figure + "_memory_a_stream", "bytes",
            { static_cast<double>(peak - before) / static_cast<double>(summary.streams) });
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    if (argc != 2) {
        std::fputs("usage: bench_replay STORE\n", stderr);
        return 2;
    }
    const auto store = taken(openStore(QCoreApplication::arguments().at(1), OpenMode::ReadOnly));
    measureReplay("replay_merge", *store, Evolver(Workspace::empty()));
    measureReplay("replay_rules", *store, Evolver(rulesFor(*store)));
    return 0;
}
