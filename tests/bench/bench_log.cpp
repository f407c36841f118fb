// Measures the log's models on a store, each figure one JSON object a line:
//     bench_log STORE [STEPS]
// opening to the first page, a jump to a random position until its page is there.

#include "benchfigures.h"
#include "log/eventlogmodel.h"

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
    while (!isThere()) {
        model.prefetch(firstRow, visibleRows); // As a view does that paints.
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
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
    report("log_jump", "ms", times);
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
    report("log_open", "ms", { milliseconds(clock) });
    measureJumps(model, std::max(arguments.value(2, QStringLiteral("1000")).toInt(), 1));
    return 0;
}
