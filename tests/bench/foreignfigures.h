#pragma once

#include "benchfigures.h"
#include "store/openstore.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace eventloupe {

using BenchClock = std::chrono::steady_clock;

inline double millisecondsSince(BenchClock::time_point start)
{
    return std::chrono::duration<double, std::milli>(BenchClock::now() - start).count();
}

template <class T> T taken(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "bench: %s\n", qPrintable(result.error().message));
        std::exit(1);
    }
    return std::move(*result);
}

/// Opens another library's store of so many events as it is, and reports how long that takes, and
/// pages and scans of it; figures are called `name`_open_first_page and so on.
inline void measureForeign(const std::string& name, const QString& location, qint64 events)
{
    std::vector<double> opened;
    std::vector<double> rates;
    std::unique_ptr<EventStore> store;
    for (int round = 0; round < 3; ++round) {
        store.reset();
        const auto start = BenchClock::now();
        store = taken(openStore(location, OpenMode::ReadOnly));
        taken(store->readLog(1, 50));
        opened.push_back(millisecondsSince(start));
        waitUntilCounted(*store, {});
        rates.push_back(static_cast<double>(events) / millisecondsSince(start) * 1000);
    }
    const Position head = taken(store->head());
    if (head != events)
        std::fprintf(stderr, "bench: %lld events\n", static_cast<long long>(head));
    report(name + "_open_first_page", "ms", opened);
    report(name + "_index", "events/s", rates, Better::Higher);
    std::mt19937_64 random(1);
    std::vector<double> jumps;
    std::vector<double> streams;
    for (int jump = 0; jump < 1000; ++jump) {
        const Position position = 1 + static_cast<Position>(random() % static_cast<quint64>(head));
        auto start = BenchClock::now();
        const auto page = taken(store->readLog(position, 50));
        jumps.push_back(millisecondsSince(start));
        start = BenchClock::now();
        taken(store->readStream(page.first().streamId, 0, position, 50));
        streams.push_back(millisecondsSince(start));
    }
    report(name + "_jump_to_page", "ms", jumps);
    report(name + "_stream_page", "ms", streams);
    const auto start = BenchClock::now();
    qint64 bytes = 0;
    const auto scanned = store->scanLog(1, head, ScanColumn::Data | ScanColumns(ScanColumn::Type),
        {}, [&bytes](const EventView& event) {
            bytes += static_cast<qint64>(event.data.size());
            return true;
        });
    if (!scanned || bytes == 0)
        std::fprintf(stderr, "bench: the scan failed\n");
    report(name + "_scan", "events/s",
        { static_cast<double>(head) / millisecondsSince(start) * 1000 }, Better::Higher);
    const auto verifying = BenchClock::now();
    qint64 faults = 0;
    if (taken(store->verify({}, {}, [&faults](const StoreFault&) { ++faults; })) != head
        || faults > 0)
        std::fprintf(stderr, "bench: the verification found faults\n");
    report(name + "_verify", "events/s",
        { static_cast<double>(head) / millisecondsSince(verifying) * 1000 }, Better::Higher);
}

} // namespace eventloupe
