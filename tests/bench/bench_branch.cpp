// Makes branches of a store, and moves the real window's time cursor on one:
//     bench_branch STORE [STEPS]
// Prints one JSON object a figure. A step is done as in bench_window; the branch skips three events
// and a stream, changes an event, puts two in and appends one, and its panel is open, with a
// stream's states side by side. STORE is only read.

#include "benchfigures.h"
#include "branch/brancheventstore.h"
#include "branch/branchfindings.h"
#include "branch/branchsession.h"
#include "state/branchcomparison.h"
#include "store/openstore.h"
#include "ui/state/diffpage.h"
#include "value/uuid.h"
#include "windowdriver.h"

#include <QAction>
#include <QApplication>
#include <QRandomGenerator>
#include <QTemporaryDir>

using namespace eventloupe;

namespace {

template <class T> T taken(Result<T> result)
{
    if (!result)
        qFatal("%s", qPrintable(result.error().message));
    return std::move(*result);
}

BranchEvent made(const QString& stream)
{
    return { stream,
        { QStringLiteral("WHAT_IF"), "{\"amount\":1}", "{}", Timestamp::now(), makeUuidV7() } };
}

/// What a person does in a sitting; or `many` single skips, all over the log.
Branch branchOf(EventStore& store, const QString& location, int many)
{
    const Position head = taken(store.head());
    Branch branch(location, head, taken(store.readAt({ head })).value(0).id);
    QRandomGenerator random(5);
    BranchEdit skip { BranchEdit::Kind::Skip, {}, {} };
    for (int i = 0; i < std::max(many, 3); ++i)
        skip.places.append({ 1 + random.bounded(head), 0 });
    (void)branch.add(skip);
    if (many > 0)
        return branch;
    const Event some = taken(store.readAt({ head / 3 })).value(0);
    BranchEdit stream { BranchEdit::Kind::Skip, {}, {} };
    for (const Event& each : taken(store.readStream(some.streamId, 0, head, 1000)))
        stream.places.append({ each.position, 0 });
    (void)branch.add(stream);
    const Event other = taken(store.readAt({ head / 2 })).value(0);
    (void)branch.add({ BranchEdit::Kind::Change, { { head / 2, 0 } }, { made(other.stream) } });
    (void)branch.add({ BranchEdit::Kind::Insert, { { head / 4, 0 } },
        { made(other.stream), made(QStringLiteral("what-1")) } });
    (void)branch.add({ BranchEdit::Kind::Append, {}, { made(other.stream) } });
    return branch;
}

void measureOpening(const QString& location, int many, const std::string& figure)
{
    constexpr int rounds = 20;
    const auto base = taken(openStore(location, OpenMode::ReadOnly));
    const auto shared = std::make_shared<SharedBranch>(branchOf(*base, location, many));
    const QString branch = offerBranch(shared);
    std::vector<double> times;
    const double before = memoryOf("VmRSS");
    std::unique_ptr<EventStore> store;
    for (int i = 0; i < rounds; ++i) {
        store.reset();
        QElapsedTimer timer;
        timer.start();
        store = taken(openStore(branch, OpenMode::ReadWrite));
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    report(figure + "_open", "ms", times);
    report(figure + "_memory", "MB", { memoryOf("VmRSS") - before });
}

template <class Call>
void measureReads(EventStore& store, const std::string& figure, Position head, Call call)
{
    constexpr int rounds = 2000;
    QRandomGenerator random(7);
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        const Position position = 1 + random.bounded(head);
        QElapsedTimer timer;
        timer.start();
        call(store, position);
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e3);
    }
    report(figure, "us", times);
}

void measureStore(EventStore& store, const std::string& name)
{
    constexpr int page = 50;
    const Position head = taken(store.head());
    measureReads(store, name + "_page_50", head,
        [](EventStore& s, Position at) { taken(s.readLog(at, page)); });
    measureReads(store, name + "_streams_50", head,
        [](EventStore& s, Position at) { taken(s.streamsAt(at, 1 + at / 20, page)); });
    measureReads(store, name + "_version_at", head,
        [](EventStore& s, Position at) { taken(s.versionAt(1 + at / 20, at)); });
    constexpr Position longest = 1'000'000;
    const Position last = std::min(head, longest);
    QElapsedTimer timer;
    timer.start();
    qint64 bytes = 0;
    const auto scanned = store.scanLog(1, last, allScanColumns, {}, [&bytes](const EventView& e) {
        bytes += static_cast<qint64>(e.data.size());
        return true;
    });
    if (scanned.ok() && bytes > 0)
        report(name + "_scan", "events/s",
            { static_cast<double>(last) * 1e9 / static_cast<double>(timer.nsecsElapsed()) },
            Better::Higher);
}

/// The time until the window shows the branch, after an edit.
double untilShown(WindowDriver& driver, const std::function<void()>& edit)
{
    auto& session = driver.parts().branch;
    bool isReopening = false;
    const auto connection = QObject::connect(
        &session, &BranchSession::reopening, &driver, [&] { isReopening = true; });
    QElapsedTimer timer;
    timer.start();
    edit();
    driver.waitFor([&] { return isReopening && session.overlay(); });
    driver.settle();
    QObject::disconnect(connection);
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

void measureWindow(WindowDriver& driver, const QString& location, int steps)
{
    auto& session = driver.parts().branch;
    const auto base = taken(openStore(location, OpenMode::ReadOnly));
    session.open(location, OpenMode::ReadOnly, branchOf(*base, location, 0));
    driver.waitFor([&] { return session.overlay() != nullptr; });
    driver.settle();
    std::vector<double> edits;
    for (int i = 0; i < 20; ++i) {
        edits.push_back(untilShown(driver, [&] { session.skip({ driver.head() / (i + 2) }); }));
        edits.push_back(untilShown(driver, [&] { session.undo(); }));
    }
    report("branch_edit_until_shown", "ms", edits);
    const auto stream = driver.streamOfLength(18, 22);
    driver.parts().subject.pin(stream);
    for (auto* action : driver.window().findChildren<QAction*>())
        if (action->text() == QObject::tr("&Compare with the Log"))
            action->trigger();
    // What is worked out once for a branch is not part of a step: density, findings.
    const auto& client = driver.parts().client;
    driver.waitFor([&] {
        return driver.parts().branchWatch.findings()
            && client.jobCount(StoreClient::Lane::Background) == 0
            && client.jobCount(StoreClient::Lane::Scan) == 0;
    });
    driver.parts().subject.pin(stream);
    driver.settle();
    QRandomGenerator random(3);
    std::vector<double> jumps;
    std::vector<double> neighbours;
    for (int i = 0; i < steps / 2; ++i) {
        const Position position = 1 + random.bounded(driver.head() - 1);
        jumps.push_back(driver.step(position));
        neighbours.push_back(driver.step(position + 1));
    }
    report("branch_step", "ms", jumps);
    report("branch_step_to_neighbour", "ms", neighbours);
    // The state panel instead: the diff against the log, with what set each field.
    driver.window().findChild<DiffPage*>()->compareWith(compareWithLog());
    driver.settle();
    std::vector<double> compared;
    for (int i = 0; i < steps; ++i)
        compared.push_back(driver.step(1 + random.bounded(driver.head() - 1)));
    report("branch_step_diff_and_blame", "ms", compared);
    report("branch_memory_after_steps", "MB", { memoryOf("VmRSS") });
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const auto arguments = QApplication::arguments();
    if (arguments.size() < 2) {
        std::fputs("usage: bench_branch STORE [STEPS]\n", stderr);
        return 2;
    }
    addBranchKind();
    const QString location = arguments[1];
    const int steps = arguments.size() > 2 ? arguments[2].toInt() : 1000;
    measureOpening(location, 0, "branch");
    measureOpening(location, 1000, "branch_of_1000_edits");
    {
        const auto base = taken(openStore(location, OpenMode::ReadOnly));
        measureStore(*base, "log");
        const auto shared = std::make_shared<SharedBranch>(branchOf(*base, location, 0));
        measureStore(*taken(openStore(offerBranch(shared), OpenMode::ReadWrite)), "branch");
    }
    if (steps <= 0)
        return 0;
    const QTemporaryDir configuration;
    qputenv("EVENTLOUPE_CONFIG_DIR", configuration.path().toUtf8());
    WindowDriver driver;
    if (!driver.open(location)) {
        std::fprintf(stderr, "bench_branch: cannot open %s\n", qPrintable(location));
        return 1;
    }
    driver.settle();
    measureWindow(driver, location, steps);
    return 0;
}
