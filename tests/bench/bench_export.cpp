#include "exchange/exporter.h"
#include "store/openstore.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

// bench_export STORE [FOLDER]: exports a store in each format and by a filter, and cancels exports
// that run; one JSON object a figure, of five runs (a hundred cancels).

using namespace eventloupe;

namespace {

using Clock = std::chrono::steady_clock;

constexpr int runs = 5;
constexpr int cancels = 100;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

template <class T> T taken(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "bench_export: %s\n", qPrintable(result.error().message));
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

/// `values` from the best to the worst.
void print(const QString& name, const char* unit, qint64 count, const std::vector<double>& values)
{
    const auto rank = static_cast<std::size_t>(0.99 * static_cast<double>(values.size() - 1) + 0.5);
    std::printf("{\"name\":\"%s\",\"unit\":\"%s\",\"count\":%lld,\"p50\":%.2f,\"p99\":%.2f,"
                "\"max\":%.2f,\"peak_mb\":%.1f}\n",
        qPrintable(name), unit, static_cast<long long>(count), values[values.size() / 2],
        values[rank], values.back(), peakMegabytes());
    std::fflush(stdout);
}

void benchFormat(EventStore& store, const QString& name, const ExportRequest& request)
{
    std::vector<double> rates;
    const qint64 head = taken(store.head());
    for (int run = 0; run < runs; ++run) {
        const auto start = Clock::now();
        taken(exportEvents(store, request, Progress(), CancelToken()));
        rates.push_back(static_cast<double>(head) / secondsSince(start));
        QFile::remove(request.file);
    }
    std::sort(rates.rbegin(), rates.rend());
    print(name, "events/s", head, rates);
}

/// How long a cancelled export takes to end, wherever it is.
void benchCancel(EventStore& store, ExportRequest request)
{
    std::vector<double> times;
    for (int run = 0; run < cancels; ++run) {
        const Progress progress;
        const CancelToken cancel;
        Clock::time_point cancelled;
        std::thread canceller([&] {
            while (progress.events() == 0)
                std::this_thread::sleep_for(std::chrono::microseconds(100));
            std::this_thread::sleep_for(std::chrono::milliseconds(run % 50));
            cancelled = Clock::now();
            cancel.cancel();
        });
        const auto result = exportEvents(store, request, progress, cancel);
        canceller.join();
        if (!result)
            times.push_back(secondsSince(cancelled) * 1000);
    }
    if (times.empty())
        return;
    std::sort(times.begin(), times.end());
    print(QStringLiteral("export cancel"), "ms", static_cast<qint64>(times.size()), times);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2) {
        std::fprintf(stderr, "usage: bench_export STORE [FOLDER]\n");
        return 2;
    }
    const auto store = taken(openStore(arguments.at(1), OpenMode::ReadOnly));
    const QTemporaryDir folder(
        arguments.value(2, QDir::tempPath()) + QStringLiteral("/bench-XXXXXX"));
    ExportRequest request;
    for (const auto format :
        { ExchangeFormat::Ndjson, ExchangeFormat::Json, ExchangeFormat::Csv }) {
        request.file = folder.filePath(QStringLiteral("out.") + exchangeFormatName(format));
        request.format = format;
        benchFormat(*store, QStringLiteral("export ") + exchangeFormatName(format), request);
    }
    request.format = ExchangeFormat::Ndjson;
    benchCancel(*store, request);
    request.where = QByteArrayLiteral("version == 7");
    benchFormat(*store, QStringLiteral("export ndjson where version == 7"), request);
    return 0;
}
