#include "benchfigures.h"
#include "store/openstore.h"
#include "time/replayer.h"
#include "watch/firstwhere.h"
#include "watch/watchexpression.h"
#include "watch/watchrun.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

#include <cstdio>
#include <cstdlib>
#include <vector>

// bench_watch STORE [RUNS]: watches over a whole log of the generator's, by merging and by rules,
// and the first point in its longest stream. One JSON object a figure.

using namespace eventloupe;

namespace {

template <class T> T taken(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "bench_watch: %s\n", qPrintable(result.error().message));
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

void measure(const std::string& figure, EventStore& store, const Evolver& evolver,
    const char* source, int runs)
{
    std::vector<double> rates;
    WatchSummary summary;
    for (int run = 0; run < runs; ++run) {
        summary = taken(runWatch(store, evolver, { taken(WatchExpression::compile(source)) }, {},
            [](std::vector<WatchPoint>&&) { return true; }));
        rates.push_back(static_cast<double>(summary.events) / summary.seconds);
    }
    report(figure, "events/s", rates, Better::Higher);
    report(figure + "_points", "points", { static_cast<double>(summary.points) });
}

/// How long the first point of a stream takes, where it comes at an event that is far on.
void measureFirst(const std::string& figure, EventStore& store, const Evolver& evolver,
    const QString& stream, const QByteArray& source, int runs)
{
    std::vector<double> milliseconds;
    Position at = 0;
    for (int run = 0; run < runs * 3; ++run) {
        QElapsedTimer clock;
        clock.start();
        (void)taken(runWatch(store, evolver,
            { taken(WatchExpression::compile(viewOf(source))), { WatchScope::Kind::Stream, stream },
                1, std::numeric_limits<Position>::max(), 1 },
            {}, [&](std::vector<WatchPoint>&& points) {
                at = points.front().version;
                return false;
            }));
        milliseconds.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }
    report(figure, "ms", milliseconds);
    report(figure + "_version", "version", { static_cast<double>(at) });
}

/// The same by the stream's columns, which are read once.
void measureColumns(EventStore& store, const Evolver& evolver, const StreamInfo& stream, int runs)
{
    QElapsedTimer clock;
    clock.start();
    StreamColumns columns(std::make_shared<const Evolver>(evolver), stream);
    while (taken(columns.advance(store, 10'000, {}))) { }
    report("columns_build", "ms", { static_cast<double>(clock.nsecsElapsed()) / 1e6 });
    report("columns_memory", "bytes", { static_cast<double>(columns.bytes()) });
    const QByteArray end = QByteArray::number(stream.headVersion);
    for (const QByteArray& source :
        { "state.count >= " + end, "state.balance < 0.0 || state.count >= " + end,
            "state.city == 'nowhere'" + QByteArray() }) {
        std::vector<double> milliseconds;
        const auto expression = taken(WatchExpression::compile(viewOf(source)));
        for (int run = 0; run < runs * 5; ++run) {
            clock.restart();
            if (!firstWhere(columns, *expression))
                std::exit(1);
            milliseconds.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
        }
        report("first_columns", "ms", milliseconds);
    }
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() < 2) {
        std::fputs("usage: bench_watch STORE [RUNS]\n", stderr);
        return 2;
    }
    const auto store = taken(openStore(words.at(1), OpenMode::ReadOnly));
    const int runs = words.size() > 2 ? words.at(2).toInt() : 3;
    const Evolver merge(Workspace::empty());
    const Evolver rules(rulesFor(*store));
    measure("watch_data", *store, merge, "data.amount > 4990.0", runs);
    measure("watch_event", *store, merge, "event.type == 'MONEY_DEPOSITED'", runs);
    measure("watch_merge", *store, merge, "state.amount > 4990.0", runs);
    measure("watch_rules", *store, rules, "state.balance > 50000.0", runs);
    measure("watch_rules_change", *store, rules, "state.city", runs);
    measure("watch_previous", *store, rules, "state.balance - previous.balance > 4990.0", runs);
    const StreamInfo longest = *taken(store->findStream(QStringLiteral("account-1")));
    const QByteArray end = QByteArray::number(longest.headVersion);
    measureFirst("first_rules", *store, rules, longest.name, "state.count >= " + end, runs);
    measureFirst("first_rules_half", *store, rules, longest.name,
        "state.count >= " + QByteArray::number(longest.headVersion / 2), runs);
    measureFirst("first_event", *store, rules, longest.name, "event.version >= " + end, runs);
    measureColumns(*store, rules, longest, runs);
    return 0;
}
