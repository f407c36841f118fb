#include "state/stateloader.h"
#include "state/statemodel.h"
#include "state/streamlistmodel.h"
#include "store/openstore.h"
#include "time/replayer.h"

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <vector>

// bench_replay [EVENTS] [FOLDER]: folding a whole log, and what one step of the slider costs until
// state and streams are shown. One JSON object a figure.

using namespace eventloupe;

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

void print(const char* figure, double value, const char* unit, qint64 events)
{
    std::printf("{\"bench\":\"replay\",\"figure\":\"%s\",\"value\":%.3f,\"unit\":\"%s\","
                "\"events\":%lld}\n",
        figure, value, unit, static_cast<long long>(events));
    std::fflush(stdout);
}

template <class T> T taken(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "bench_replay: %s\n", qPrintable(result.error().message));
        std::exit(1);
    }
    return std::move(*result);
}

/// Every tenth stream-event pair new, in four categories; every 50th event in one long stream.
void load(EventStore& store, qint64 events)
{
    const auto bulk = taken(store.beginBulk());
    std::mt19937_64 random(1);
    const std::vector<QString> categories { QStringLiteral("user"), QStringLiteral("order"),
        QStringLiteral("cart"), QStringLiteral("account") };
    for (qint64 i = 0; i < events; ++i) {
        const auto number = random() % static_cast<quint64>(std::max<qint64>(events / 10, 1));
        const QString stream = i % 50 == 0
            ? QStringLiteral("account-long")
            : QStringLiteral("%1-%2").arg(categories[number % 4]).arg(number);
        const QByteArray data = "{\"name\":\"Ada Lovelace\",\"n\":" + QByteArray::number(i)
            + ",\"address\":{\"city\":\"Z\xc3\xbcrich\",\"zip\":"
            + QByteArray::number(number % 9999) + "},\"total\":129.90}";
        const auto added = bulk->add(stream,
            { QStringLiteral("TYPE_%1").arg(i % 20), data, "{\"actor\":\"bench\"}",
                { 1772000000000000 + i * 1000 }, {} });
        if (!added)
            std::exit(1);
    }
    taken(bulk->commit({}));
}

void printTimes(const char* median, const char* worst, std::vector<double> times, qint64 events)
{
    std::sort(times.begin(), times.end());
    print(median, times[times.size() / 2], "ms", events);
    print(worst, times[times.size() * 99 / 100], "ms", events);
}

/// One step in a window without widgets: cursor, subject, state and stream list.
void measureSteps(const QString& location, qint64 events)
{
    StoreClient client;
    TimeCursor cursor;
    Subject subject(client, cursor);
    StateLoader loader(client, cursor, subject);
    StateModel state;
    StreamListModel streams(client, cursor);
    QObject::connect(&loader, &StateLoader::stateChanged, &state,
        [&](const auto& view) { state.setView(view); });
    QEventLoop loop;
    QObject::connect(&client, &StoreClient::opened, &loop, &QEventLoop::quit);
    client.open(location, OpenMode::ReadOnly);
    loop.exec();
    cursor.setHead(client.head());
    streams.prefetch(0, 40);

    bool isListed = false;
    const auto check = [&] {
        if (isListed && state.view()->position == cursor.position())
            loop.quit();
    };
    QObject::connect(&loader, &StateLoader::stateChanged, &loop, check);
    QObject::connect(&streams, &StreamListModel::dataChanged, &loop, [&] {
        isListed = true;
        check();
    });
    const auto stepTo = [&](Position position) {
        const auto start = Clock::now();
        isListed = false;
        cursor.moveTo(position);
        loop.exec();
        return secondsSince(start) * 1000;
    };
    std::mt19937_64 random(2);
    std::vector<double> jumps;
    for (int i = 0; i < 500; ++i)
        jumps.push_back(stepTo(1 + static_cast<Position>(random() % static_cast<quint64>(events))));
    printTimes("slider_jump_median", "slider_jump_p99", jumps, events);
    std::vector<double> steps;
    stepTo(events / 2);
    for (int i = 1; i <= 500; ++i)
        steps.push_back(stepTo(events / 2 + i));
    printTimes("slider_step_median", "slider_step_p99", steps, events);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const qint64 events = arguments.size() > 1 ? arguments[1].toLongLong() : 1'000'000;
    const QTemporaryDir folder(
        (arguments.size() > 2 ? arguments[2] : QDir::tempPath()) + QStringLiteral("/bench-XXXXXX"));
    const QString location = folder.filePath(QStringLiteral("bench.eventlog"));
    load(*taken(openStore(location, OpenMode::Create)), events);

    const auto store = taken(openStore(location, OpenMode::ReadOnly));
    const std::clock_t processor = std::clock();
    const auto summary
        = taken(replayAll(*store, Evolver(Workspace::empty()), events, CancelToken(), {}));
    print("replay_all", static_cast<double>(summary.events) / summary.seconds, "events/s", events);
    // On a machine that is shared, the processor's time tells more than the clock's.
    print("replay_all_cpu",
        static_cast<double>(summary.events) * CLOCKS_PER_SEC
            / static_cast<double>(std::clock() - processor),
        "events/s", events);
    measureSteps(location, events);
    return 0;
}
