// Opens a store in the real window and moves its time cursor, under any platform plugin:
//     bench_window STORE [STEPS]              0 steps: it is opened, nothing else
//     bench_window --postgres STORE [STEPS]   a copy of it on a throw-away PostgreSQL on loopback
// STORE may be a postgresql:// location; what is measured there is named postgres_...
// Prints one JSON object a figure. A step is done when log, stream list and state all show the
// position and are painted. What is exported and imported goes to a folder beside the store.

#include "benchfigures.h"
#include "exchange/copylog.h"
#include "server/serverstores.h"
#include "state/comparison.h"
#include "support/postgresserver.h"
#include "ui/exchange/exchangecontroller.h"
#include "ui/state/diffpage.h"
#include "value/storelocation.h"
#include "windowdriver.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>

using namespace eventloupe;

namespace {

constexpr Position longestExport = 1'000'000; ///< Events, which are imported again.
bool isOnServer = false;

void report(const char* name, const char* unit, std::vector<double> values)
{
    eventloupe::report(
        (isOnServer ? "postgres_" : "") + std::string(name), unit, std::move(values));
}

/// Random positions, unpinned: the state is that of another stream each time.
void measureJumps(WindowDriver& driver, int steps)
{
    QRandomGenerator random(1);
    std::vector<double> times;
    for (int i = 0; i < steps; ++i)
        times.push_back(driver.step(1 + random.bounded(driver.head())));
    report("slider_jump", "ms", times);
    report("memory_after_jumps", "MB", { memoryOf("VmRSS") });
}

/// A stream of about 20 events stays pinned: to random positions and to neighbours by turns.
void measureSteps(WindowDriver& driver, int steps)
{
    const auto stream = driver.streamOfLength(18, 22);
    driver.parts().subject.pin(stream);
    driver.settle();
    QRandomGenerator random(3);
    std::vector<double> times;
    std::vector<double> neighbours;
    for (int i = 0; i < steps / 2; ++i) {
        const Position position = 1 + random.bounded(driver.head() - 1);
        times.push_back(driver.step(position));
        neighbours.push_back(driver.step(position + 1));
        times.push_back(neighbours.back());
    }
    report("slider_step", "ms", times);
    report("slider_step_to_neighbour", "ms", neighbours);
}

/// The same beside a state that is pinned to be compared with, and with what set each field.
void measureComparedSteps(WindowDriver& driver, int steps)
{
    const auto stream = driver.streamOfLength(18, 22);
    driver.parts().subject.pin(stream);
    driver.step(driver.head());
    auto* page = driver.window().findChild<DiffPage*>();
    page->compareWith(compareWithPosition(driver.head() / 2));
    driver.settle();
    const auto ofStream = driver.randomVersions(stream, steps / 2);
    QRandomGenerator random(5);
    std::vector<double> times;
    for (const Position position : ofStream) {
        times.push_back(driver.step(1 + random.bounded(driver.head())));
        times.push_back(driver.step(position));
    }
    report("slider_step_diff_and_blame", "ms", times);
    page->compareWith(compareWithPrevious());
    driver.parts().subject.follow();
    driver.settle();
}

void measureLongStream(WindowDriver& driver, int steps)
{
    const auto positions = driver.randomVersions(QStringLiteral("account-1"), steps);
    if (positions.empty())
        return;
    driver.step(1);
    driver.parts().subject.pin(QStringLiteral("account-1"));
    driver.parts().state.setWorkspace(Workspace::empty()); // Forgets what was folded on the way.
    driver.settle();
    report("long_stream_first_visit", "ms", { driver.step(driver.head()) });
    std::vector<double> times;
    for (const Position position : positions)
        times.push_back(driver.step(position));
    report("slider_step_long_stream", "ms", times);
    times.clear();
    for (const Position position : driver.versionsBefore(QStringLiteral("account-1"), steps))
        times.push_back(driver.step(position));
    report("slider_step_back_long_stream", "ms", times);
    report("memory_after_long_stream", "MB", { memoryOf("VmRSS") });
    driver.parts().subject.follow();
    driver.settle();
}

void measureFilterPauses(WindowDriver& driver)
{
    LogFilter& filter = driver.parts().filter;
    filter.setExpression(QStringLiteral("data.amount > 4950.0"));
    report(
        "gui_pause_during_filter", "ms", driver.pausesWhile([&] { return filter.isComplete(); }));
    filter.clear();
    driver.settle();
}

void measureExchangePauses(WindowDriver& driver, const QTemporaryDir& scratch)
{
    auto* exchange = driver.window().findChild<ExchangeController*>();
    const auto isIdle = [&] { return !exchange->isRunning(); };
    ExportRequest wanted;
    wanted.file = scratch.filePath(QStringLiteral("events.ndjson"));
    wanted.to = std::min(driver.head(), longestExport);
    exchange->runExport(wanted);
    report("gui_pause_during_export", "ms", driver.pausesWhile(isIdle));
    if (!isIdle() || !driver.create(scratch.filePath(QStringLiteral("copy.eventlog"))))
        return;
    ImportRequest given;
    given.file = wanted.file;
    exchange->runImport(given);
    report("gui_pause_during_import", "ms", driver.pausesWhile(isIdle));
    exchange->cancel();
    driver.waitFor(isIdle);
}

/// Copies the store to a server of its own, and measures it there, in a process that has not done
/// anything else yet.
int measureOnServer(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    QStringList words = QCoreApplication::arguments().mid(2);
    const PostgresServer server;
    if (!server.failure().isEmpty())
        qFatal("%s", qPrintable(server.failure()));
    const QString location = server.location(QStringLiteral("bench"));
    const auto from = openStore(words.value(0), OpenMode::ReadOnly);
    if (!from)
        qFatal("%s", qPrintable(from.error().message));
    const auto copied = copyLog(**from, { location }, {}, {});
    if (!copied)
        qFatal("%s", qPrintable(copied.error().message));
    words[0] = location;
    return QProcess::execute(QCoreApplication::applicationFilePath(), words);
}

} // namespace

int main(int argc, char** argv)
{
    QElapsedTimer sinceStart;
    sinceStart.start();
    addServerStores();
    if (argc > 2 && QByteArray(argv[1]) == "--postgres")
        return measureOnServer(argc, argv);
    QApplication application(argc, argv);
    const auto arguments = QApplication::arguments();
    if (arguments.size() < 2) {
        std::fputs("usage: bench_window [--postgres] STORE [STEPS]\n", stderr);
        return 2;
    }
    const auto store = arguments[1];
    const int steps = arguments.size() > 2 ? arguments[2].toInt() : 1000;
    const QTemporaryDir configuration;
    isOnServer = isNoFile(store);
    const QString beside = isOnServer ? QDir::tempPath() : QFileInfo(store).absolutePath();
    const QTemporaryDir scratch(beside + QStringLiteral("/bench-XXXXXX"));
    qputenv("EVENTLOUPE_CONFIG_DIR", configuration.path().toUtf8());

    WindowDriver driver;
    if (!driver.open(store)) {
        std::fprintf(stderr, "bench_window: cannot open %s\n", qPrintable(store));
        return 1;
    }
    driver.settle();
    report("open_to_painted_rows", "ms", { static_cast<double>(sinceStart.nsecsElapsed()) / 1e6 });
    report("memory_after_opening", "MB", { memoryOf("VmRSS") });
    if (steps <= 0)
        return 0;
    measureJumps(driver, steps);
    measureSteps(driver, steps);
    measureComparedSteps(driver, steps);
    measureLongStream(driver, steps);
    measureFilterPauses(driver);
    measureExchangePauses(driver, scratch);
    return 0;
}
