#include "exchange/importer.h"
#include "store/openstore.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

// bench_exchange FILE [FOLDER]: imports a file (generate N > FILE) into a new store and cancels an
// import; one JSON object a figure.

using namespace eventloupe;

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

void print(const QString& figure, double value, const char* unit, qint64 events)
{
    std::printf("{\"bench\":\"exchange\",\"figure\":\"%s\",\"value\":%.2f,\"unit\":\"%s\","
                "\"events\":%lld}\n",
        qPrintable(figure), value, unit, static_cast<long long>(events));
    std::fflush(stdout);
}

template <class T> T taken(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "bench_exchange: %s\n", qPrintable(result.error().message));
        std::exit(1);
    }
    return std::move(*result);
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

/// Of all threads: what a shared machine does not distort as it does the clock.
double cpuSeconds()
{
#ifdef Q_OS_UNIX
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
#else
    return 0;
#endif
}

void benchImport(EventStore& store, const QString& file)
{
    const auto start = Clock::now();
    const double cpu = cpuSeconds();
    const ImportSummary summary
        = taken(importFile(store, { file, {}, {} }, Progress(), CancelToken()));
    const double seconds = secondsSince(start);
    print(QStringLiteral("import"), static_cast<double>(summary.events) / seconds, "events/s",
        summary.events);
    print(QStringLiteral("import, processor time"), cpuSeconds() - cpu, "s", summary.events);
    print(QStringLiteral("peak memory after import"), peakMegabytes(), "MB", summary.events);
}

/// How long a cancelled import takes to end, rollback included.
void benchCancel(const QString& file, const QString& folder)
{
    const auto store
        = taken(openStore(folder + QStringLiteral("/cancel.eventlog"), OpenMode::Create));
    const Progress progress;
    const CancelToken cancel;
    Clock::time_point cancelled;
    std::thread canceller([&] {
        const qint64 half = QFileInfo(file).size() / 2;
        while (progress.done() < half)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        cancelled = Clock::now();
        cancel.cancel();
    });
    const auto result = importFile(*store, { file, {}, {} }, progress, cancel);
    const double seconds = secondsSince(cancelled);
    canceller.join();
    if (result)
        std::fprintf(stderr, "bench_exchange: the import was not cancelled\n");
    print(QStringLiteral("cancel at half"), seconds * 1000, "ms", progress.events());
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2) {
        std::fprintf(stderr, "usage: bench_exchange FILE [FOLDER]\n");
        return 2;
    }
    const QTemporaryDir own(arguments.value(2, QDir::tempPath()) + QStringLiteral("/bench-XXXXXX"));
    const QString folder = own.path();
    {
        const auto store
            = taken(openStore(folder + QStringLiteral("/import.eventlog"), OpenMode::Create));
        benchImport(*store, arguments.at(1));
    }
    benchCancel(arguments.at(1), folder);
    return 0;
}
