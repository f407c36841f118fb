#include "benchfigures.h"
#include "time/density.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>

#include <algorithm>
#include <cstdio>
#include <vector>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>
#endif

// bench_density STORE: the timeline's density from opening to its first, its categorised and its
// final picture, with a store that the system has in its cache and with one that it has not; how
// long the background lane is held at most. One JSON object a figure, of five runs.

using namespace eventloupe;

namespace {

constexpr int runs = 5;
constexpr int buckets = 600;

double milliseconds(const QElapsedTimer& clock)
{
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

/// Asks the system to forget what it holds of the file.
void forgetPages(const QString& file)
{
#ifdef Q_OS_UNIX
    const int handle = ::open(qPrintable(file), O_RDONLY);
    if (handle < 0)
        return;
    ::posix_fadvise(handle, 0, 0, POSIX_FADV_DONTNEED);
    ::close(handle);
#endif
}

struct Times {
    std::vector<double> first, categorised, refined, lane;
};

bool measure(const QString& file, Times& times, qint64& events)
{
    StoreClient client;
    Density density(client);
    bool hasFailed = false;
    QObject::connect(&client, &StoreClient::failed, &client, [&] { hasFailed = true; });
    client.open(file, OpenMode::ReadOnly);
    while (!client.isOpen() && !hasFailed)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    if (hasFailed)
        return false;
    events = client.head();
    // Someone else who wants the lane, again and again.
    QElapsedTimer asked;
    std::function<void()> ask = [&] {
        asked.start();
        client.run<int>(
            StoreClient::Lane::Background, &density,
            [](EventStore&, const CancelToken&) { return Result<int>(0); },
            [&](const Result<int>&) {
                times.lane.push_back(milliseconds(asked));
                if (!density.isRefined())
                    QTimer::singleShot(5, &density, ask);
            });
    };
    QElapsedTimer clock;
    clock.start();
    const auto waitFor = [&clock](std::vector<double>& list, const auto& isThere) {
        while (!isThere())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        list.push_back(milliseconds(clock));
    };
    density.request(buckets);
    ask();
    waitFor(times.first, [&] { return !density.buckets().isEmpty(); });
    waitFor(times.categorised, [&] { return !density.categories().isEmpty(); });
    waitFor(times.refined, [&] { return density.isRefined(); });
    return true;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2) {
        std::fputs("usage: bench_density STORE\n", stderr);
        return 2;
    }
    for (const bool isCold : { false, true }) {
        Times times;
        qint64 events = 0;
        for (int run = 0; run < runs; ++run) {
            if (isCold)
                forgetPages(arguments.at(1));
            if (!measure(arguments.at(1), times, events))
                return 1;
        }
        const std::string prefix = isCold ? "density_cold_" : "density_warm_";
        report(prefix + "first_picture", "ms", times.first);
        report(prefix + "categorised", "ms", times.categorised);
        report(prefix + "refined", "ms", times.refined);
        report(prefix + "wait_for_the_lane", "ms", times.lane);
    }
    return 0;
}
