// Measures the log's models on a store, each figure one JSON object a line:
//     bench_log STORE [STEPS]
// opening to the first page, a jump to a random position until its page is there, the density.

#include "log/eventlogmodel.h"
#include "time/density.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QRandomGenerator>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace eventloupe;

namespace {

constexpr int visibleRows = 40;
constexpr int densityBuckets = 600;

double milliseconds(const QElapsedTimer& clock)
{
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

/// Runs the event loop until the rows are loaded.
void load(EventLogModel& model, int firstRow)
{
    const auto isThere = [&] {
        return model.index(firstRow, 0).data(IsLoadedRole).toBool()
            && model.index(firstRow + visibleRows - 1, 0).data(IsLoadedRole).toBool();
    };
    model.prefetch(firstRow, visibleRows);
    while (!isThere())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

void measureJumps(EventLogModel& model, int steps)
{
    QRandomGenerator random(1);
    std::vector<double> times;
    for (int step = 0; step < steps; ++step) {
        QElapsedTimer clock;
        clock.start();
        load(model, random.bounded(model.rowCount() - visibleRows + 1));
        times.push_back(milliseconds(clock));
    }
    std::sort(times.begin(), times.end());
    std::printf("{\"figure\":\"log jump\",\"steps\":%d,\"p50_ms\":%.2f,\"p99_ms\":%.2f,"
                "\"max_ms\":%.2f}\n",
        steps, times[times.size() / 2], times[times.size() * 99 / 100], times.back());
}

void measureDensity(StoreClient& client)
{
    Density density(client);
    QElapsedTimer clock;
    clock.start();
    density.request(densityBuckets);
    while (density.buckets().isEmpty())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    const double first = milliseconds(clock);
    while (density.buckets().first().categories.isEmpty())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    std::printf("{\"figure\":\"density\",\"buckets\":%d,\"first_ms\":%.2f,\"full_ms\":%.2f}\n",
        static_cast<int>(density.buckets().size()), first, milliseconds(clock));
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2) {
        std::fputs("bench_log STORE [STEPS]\n", stderr);
        return 2;
    }
    StoreClient client;
    EventLogModel model(client);
    bool hasFailed = false;
    QObject::connect(&client, &StoreClient::failed, &client, [&](const Error& error) {
        std::fprintf(stderr, "bench_log: %s\n", qPrintable(error.message));
        hasFailed = true;
    });
    QElapsedTimer clock;
    clock.start();
    client.open(arguments.at(1), OpenMode::ReadOnly);
    while (!client.isOpen() && !hasFailed)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    if (hasFailed || model.rowCount() < visibleRows)
        return 1;
    load(model, model.rowCount() - visibleRows);
    std::printf("{\"figure\":\"log open\",\"events\":%lld,\"ms\":%.2f}\n",
        static_cast<long long>(client.head()), milliseconds(clock));
    measureJumps(model, std::max(arguments.value(2, QStringLiteral("1000")).toInt(), 1));
    measureDensity(client);
    return 0;
}
