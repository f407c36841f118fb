// Measures the search for what belongs to an event, each figure one JSON object a line:
//     bench_causation STORE [ROUNDS]
// Until the first events of the correlation are there, until the whole log was searched, events a
// second, and until a cancel is through.

#include "benchfigures.h"
#include "causation/causationloader.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace eventloupe;

namespace {

constexpr int usualRounds = 5;
constexpr int cancelAfterMilliseconds = 100;

double milliseconds(const QElapsedTimer& clock)
{
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

void wait(CausationLoader& loader, double& first, const QElapsedTimer& clock)
{
    while (loader.status().isRunning) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        // Its own event is there at once; another one is what was found.
        if (first == 0 && loader.tree()->events().size() > 1)
            first = milliseconds(clock);
    }
}

/// Until the lane is free again.
double cancel(StoreClient& client, CausationLoader& loader, Position position)
{
    loader.showEvent(position);
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < cancelAfterMilliseconds)
        QCoreApplication::processEvents();
    clock.restart();
    loader.cancel();
    bool isFree = false;
    client.run<int>(
        StoreClient::Lane::Background, &client,
        [](EventStore&, const CancelToken&) { return Result<int>(0); },
        [&isFree](const Result<int>&) { isFree = true; });
    while (!isFree)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return milliseconds(clock);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2) {
        std::fputs("bench_causation STORE [ROUNDS]\n", stderr);
        return 2;
    }
    const int rounds
        = std::max(arguments.value(2, QString::number(usualRounds)).toInt(), 1);
    StoreClient client;
    client.open(arguments.at(1), OpenMode::ReadOnly);
    while (!client.isOpen())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    CausationLoader loader(client);
    std::vector<double> first;
    std::vector<double> all;
    std::vector<double> rate;
    std::vector<double> cancelled;
    for (int round = 0; round < rounds; ++round) {
        const Position position = std::max<Position>(client.head() * round / rounds, 1) + 1;
        cancelled.push_back(cancel(client, loader, position));
        QElapsedTimer clock;
        clock.start();
        double found = 0;
        loader.showEvent(position);
        wait(loader, found, clock);
        const double whole = milliseconds(clock);
        first.push_back(found == 0 ? whole : found);
        all.push_back(whole);
        rate.push_back(static_cast<double>(client.head()) / whole * 1000);
    }
    report("causation_first", "ms", first);
    report("causation_all", "ms", all);
    report("causation_speed", "events/s", rate, Better::Higher);
    report("causation_cancel", "ms", cancelled);
    return 0;
}
