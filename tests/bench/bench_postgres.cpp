// Loads a store's events into a throw-away PostgreSQL on loopback, and reads what a window does:
//     bench_postgres STORE [EVENTS] [STEPS]
// Prints one JSON object a figure. A step is what the store is asked for when the time cursor
// moves: a page of the log, of the streams that exist, and the events of one of them up to there.

#include "benchfigures.h"
#include "postgres/postgreseventstore.h"
#include "support/postgresserver.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <chrono>

using namespace eventloupe;

namespace {

using Clock = std::chrono::steady_clock;
using Store = std::unique_ptr<EventStore>;

double millisecondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

template <class T> T taken(Result<T> result)
{
    if (!result)
        qFatal("%s", qPrintable(result.error().message));
    return std::move(*result);
}

void check(const Result<void>& result)
{
    if (!result)
        qFatal("%s", qPrintable(result.error().message));
}

Position load(EventStore& from, EventStore& into, Position events)
{
    const auto begin = Clock::now();
    auto bulk = taken(into.beginBulk());
    CheckedEvents batch;
    std::vector<StreamVersion> versions;
    CheckedJson data;
    CheckedJson metadata;
    const auto flush = [&] {
        versions.clear();
        check(bulk->add(batch, versions));
        batch = {};
    };
    check(from.scanLog(1, events, allScanColumns, {}, [&](const EventView& event) {
        (void)data.check(event.data);
        (void)metadata.check(event.metadata);
        check(batch.add({ event.stream, event.type, event.id, event.time, data, metadata }));
        if (batch.size() == 1000)
            flush();
        return true;
    }));
    flush();
    const Position loaded = taken(bulk->commit({})).last;
    report("postgres_load", "events/s",
        { static_cast<double>(loaded) / millisecondsSince(begin) * 1000 }, Better::Higher);
    return loaded;
}

void step(EventStore& store, Position position)
{
    (void)taken(store.readLog(std::max<Position>(position - 20, 1), 40));
    const qint64 streams = taken(store.streamCountAt(position));
    const auto page = taken(store.streamsAt(position, std::max<StreamId>(streams - 40, 1), 40));
    (void)taken(store.categoriesAt(position, 1, 20));
    if (!page.isEmpty())
        (void)taken(store.readStream(page.last().info.id, 0, position, 1000));
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    const Position events = words.size() > 2 ? words.at(2).toLongLong() : 1'000'000;
    const int steps = words.size() > 3 ? words.at(3).toInt() : 1000;
    const Store from = taken(openStore(words.value(1), OpenMode::ReadOnly));
    const PostgresServer server;
    if (!server.failure().isEmpty())
        qFatal("%s", qPrintable(server.failure()));
    const QString location = server.location(QStringLiteral("bench"));
    const Position head
        = load(*from, *taken(PostgresEventStore::open(location, OpenMode::Create)), events);
    std::vector<double> opening;
    for (int i = 0; i < 20; ++i) {
        const auto begin = Clock::now();
        const Store store = taken(PostgresEventStore::open(location, OpenMode::ReadOnly));
        step(*store, head);
        opening.push_back(millisecondsSince(begin));
    }
    report("postgres_open", "ms", opening);
    const Store store = taken(PostgresEventStore::open(location, OpenMode::ReadWrite));
    QRandomGenerator random(1);
    std::vector<double> times;
    for (int i = 0; i < steps; ++i) {
        const auto begin = Clock::now();
        step(*store, 1 + random.bounded(head));
        times.push_back(millisecondsSince(begin));
    }
    report("postgres_step", "ms", times);
    std::vector<double> appends;
    for (int i = 0; i < 200; ++i) {
        const auto begin = Clock::now();
        (void)taken(store->append({ QStringLiteral("bench-1"), ExpectedVersion::any(),
            { { QStringLiteral("E"), {}, {}, { 1 }, {} } } }));
        appends.push_back(millisecondsSince(begin));
    }
    report("postgres_append", "ms", appends);
    return 0;
}
