#include "benchfigures.h"
#include "store/openstore.h"
#include "value/uuid.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

// bench_store [EVENTS] [FOLDER]: prints what the embedded store does, one JSON object a figure.

using namespace eventloupe;

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// The result of a call that a benchmark cannot do without.
template <class T> T taken(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "bench_store: %s\n", qPrintable(result.error().message));
        std::exit(1);
    }
    return std::move(*result);
}

NewEvent makeEvent(qint64 number)
{
    NewEvent event;
    event.type = QStringLiteral("TYPE_%1").arg(number % 20);
    event.data = "{\"number\":" + QByteArray::number(number)
        + ",\"name\":\"Ada Lovelace\",\"email\":\"ada@example.org\",\"total\":129.90}";
    event.metadata = "{\"actor\":\"bench\"}";
    event.time.microseconds = 1772000000000000 + number * 1000;
    return event;
}

void load(EventStore& store, qint64 events)
{
    const auto start = Clock::now();
    const auto bulk = taken(store.beginBulk());
    std::mt19937_64 random(1);
    const qint64 streams = std::max<qint64>(events / 10, 1);
    for (qint64 i = 0; i < events; ++i) {
        const auto stream = static_cast<qint64>(random() % static_cast<quint64>(streams));
        const auto added = bulk->add(QStringLiteral("user-%1").arg(stream), makeEvent(i));
        if (!added) {
            std::fprintf(stderr, "bench_store: %s\n", qPrintable(added.error().message));
            std::exit(1);
        }
    }
    report("bulk_rows", "events/s", { static_cast<double>(events) / secondsSince(start) },
        Better::Higher);
    taken(bulk->commit({}));
    report("bulk_load", "events/s", { static_cast<double>(events) / secondsSince(start) },
        Better::Higher);
}

/// Median and 99th percentile of a call at random positions, in microseconds.
template <class Call> void measure(const char* figure, qint64 events, int rounds, Call call)
{
    std::mt19937_64 random(2);
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        const auto position = 1 + static_cast<Position>(random() % static_cast<quint64>(events));
        const auto start = Clock::now();
        call(position);
        times.push_back(secondsSince(start) * 1e6);
    }
    report(figure, "us", times);
}

void measureReads(EventStore& store, qint64 events)
{
    constexpr int rounds = 2000;
    constexpr int page = 50;
    measure("page_50", events, rounds, [&](Position at) { taken(store.readLog(at, page)); });
    measure(
        "stream_count_at", events, rounds, [&](Position at) { taken(store.streamCountAt(at)); });
    measure("streams_at_50", events, rounds,
        [&](Position at) { taken(store.streamsAt(at, 1 + at / 20, page)); });
    measure("categories_at", events, rounds,
        [&](Position at) { taken(store.categoriesAt(at, 1, page)); });
    measure("version_at", events, rounds,
        [&](Position at) { taken(store.versionAt(1 + at % (events / 20 + 1), at)); });
    measure("position_at_time", events, rounds,
        [&](Position at) { taken(store.positionAtTime({ 1772000000000000 + at * 1000 })); });
    measure("has_changed", events, rounds, [&](Position) { taken(store.hasChanged()); });
}

void measureScan(EventStore& store, qint64 events, ScanColumns columns, const char* figure)
{
    const auto start = Clock::now();
    qint64 bytes = 0;
    const auto scanned = store.scanLog(1, events, columns, {}, [&bytes](const EventView& event) {
        bytes += static_cast<qint64>(event.data.size() + event.stream.size());
        return true;
    });
    if (scanned.ok() && bytes >= 0)
        report(figure, "events/s", { static_cast<double>(events) / secondsSince(start) },
            Better::Higher);
}

void measureAppends(EventStore& store)
{
    constexpr int appends = 2000;
    const auto start = Clock::now();
    for (int i = 0; i < appends; ++i)
        taken(store.append(
            { QStringLiteral("cart-%1").arg(i % 100), ExpectedVersion::any(), { makeEvent(i) } }));
    report("durable_appends", "appends/s", { appends / secondsSince(start) }, Better::Higher);
}

void measureOpen(const QString& path, qint64 events)
{
    measure("open_and_first_page", events, 100, [&path](Position) {
        const auto store = taken(openStore(path, OpenMode::ReadWrite));
        taken(store->readLog(taken(store->head()) - 49, 50));
    });
}

void measureVerify(EventStore& store)
{
    const auto start = Clock::now();
    qint64 faults = 0;
    const qint64 read = taken(store.verify({}, {}, [&faults](const StoreFault&) { ++faults; }));
    report(
        "verify", "events/s", { static_cast<double>(read) / secondsSince(start) }, Better::Higher);
    report("verify_faults", "faults", { static_cast<double>(faults) });
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const qint64 events = argc > 1 ? std::max(std::atoll(argv[1]), 1LL) : 1000000;
    const QTemporaryDir folder(argc > 2
            ? QString::fromLocal8Bit(argv[2]) + QStringLiteral("/bench_store-XXXXXX")
            : QStringLiteral("bench_store-XXXXXX"));
    const QString path = folder.filePath(QStringLiteral("bench.eventlog"));
    const auto store = taken(openStore(path, OpenMode::Create));
    load(*store, events);
    report("file_size", "MB", { static_cast<double>(QFile(path).size()) / 1e6 });
#ifdef Q_OS_UNIX
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    report("peak_memory", "MB", { static_cast<double>(usage.ru_maxrss) / 1e3 });
#endif
    measureReads(*store, events);
    measureScan(*store, events, ScanColumn::Data, "scan_data");
    measureScan(*store, events, allScanColumns, "scan_all_columns");
    measureAppends(*store);
    measureOpen(path, events);
    measureVerify(*store);
    return 0;
}
