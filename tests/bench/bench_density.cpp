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

double peakMegabytes()
{
#ifdef Q_OS_UNIX
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
#else
    return 0;
#endif
}

void print(const char* name, const char* cache, qint64 events, std::vector<double> times)
{
    if (times.empty())
        return;
    std::sort(times.begin(), times.end());
    const auto rank = static_cast<std::size_t>(0.99 * static_cast<double>(times.size() - 1) + 0.5);
    std::printf("{\"name\":\"density %s, %s cache\",\"unit\":\"ms\",\"count\":%lld,\"p50\":%.2f,"
                "\"p99\":%.2f,\"max\":%.2f,\"peak_mb\":%.1f}\n",
        name, cache, static_cast<long long>(events), times[times.size() / 2], times[rank],
        times.back(), peakMegabytes());
    std::fflush(stdout);
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
        const char* cache = isCold ? "cold" : "warm";
        print("first picture", cache, events, times.first);
        print("categorised", cache, events, times.categorised);
        print("refined", cache, events, times.refined);
        print("wait for the lane", cache, events, times.lane);
    }
    return 0;
}
