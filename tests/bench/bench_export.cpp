#include "benchfigures.h"
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

void benchFormat(EventStore& store, const std::string& name, const ExportRequest& request)
{
    std::vector<double> rates;
    const qint64 head = taken(store.head());
    for (int run = 0; run < runs; ++run) {
        const auto start = Clock::now();
        taken(exportEvents(store, request, Progress(), CancelToken()));
        rates.push_back(static_cast<double>(head) / secondsSince(start));
        QFile::remove(request.file);
    }
    report(name, "events/s", rates, Better::Higher);
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
    report("export_cancel", "ms", times);
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
        benchFormat(*store, "export_" + exchangeFormatName(format).toStdString(), request);
    }
    request.format = ExchangeFormat::Ndjson;
    benchCancel(*store, request);
    request.where = QByteArrayLiteral("version == 7");
    benchFormat(*store, "export_ndjson_where", request);
    return 0;
}
