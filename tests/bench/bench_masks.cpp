#include "benchfigures.h"
#include "store/maskedeventstore.h"
#include "store/openstore.h"

#include <QCoreApplication>

#include <chrono>
#include <cstdio>
#include <functional>

// bench_masks STORE [EVENTS]: reads a log as it is, and through masks; a JSON object a figure.
// Masks: /note and /address/city of all events, and /actor of their metadata.

using namespace eventloupe;

namespace {

using Clock = std::chrono::steady_clock;
constexpr int runs = 5;
constexpr int pageSize = 256;

double secondsOf(const std::function<void()>& work)
{
    const auto start = Clock::now();
    work();
    return std::chrono::duration<double>(Clock::now() - start).count();
}

void measure(const char* name, EventStore& store, Position events)
{
    std::vector<double> rates;
    std::vector<double> pages;
    for (int run = 0; run < runs; ++run) {
        qsizetype bytes = 0;
        const double seconds = secondsOf([&] {
            (void)store.scanLog(1, events, allScanColumns, {}, [&bytes](const EventView& event) {
                bytes += static_cast<qsizetype>(event.data.size() + event.metadata.size());
                return true;
            });
        });
        rates.push_back(static_cast<double>(events) / seconds);
        for (Position from = 1; from + pageSize <= events && from < 100 * pageSize;
             from += pageSize)
            pages.push_back(
                1e6 * secondsOf([&] { (void)store.readLog(from, pageSize); }));
    }
    report(std::string("scan ") + name, "events/s", rates, Better::Higher);
    report(std::string("page of 256 ") + name, "us", pages);
}

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    if (argc < 2) {
        std::fprintf(stderr, "usage: bench_masks STORE [EVENTS]\n");
        return 2;
    }
    const auto store = openStore(QString::fromLocal8Bit(argv[1]), OpenMode::ReadOnly);
    const auto head = store ? (*store)->head() : Result<Position>(store.error());
    if (!head) {
        std::fprintf(stderr, "bench_masks: %s\n", qPrintable(head.error().message));
        return 1;
    }
    const Position asked = argc > 2 ? QByteArray(argv[2]).toLongLong() : *head;
    const Position events = std::min(asked, *head);
    auto masks = std::make_shared<Masks>();
    MaskEntry entry;
    for (const char* pointer : { "/note", "/address/city" })
        entry.masks.data.add(*JsonPointer::parse(pointer));
    entry.masks.metadata.add(*JsonPointer::parse("/actor"));
    masks->addEntry(entry);
    measure("as it is", **store, events);
    MaskedEventStore masked(**store, masks);
    measure("masked", masked, events);
    return 0;
}
