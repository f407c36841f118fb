// What blame costs in a log's longest stream:
//     bench_blame STORE [STEPS]
// Folding with it and without; a visit of a random version whose stream was folded once; the
// history of a random field, until its first event and until its last. One JSON object a figure.

#include "benchfigures.h"
#include "blame/blamefields.h"
#include "blame/fieldhistory.h"
#include "store/openstore.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QRandomGenerator>

#include <cstdio>

using namespace eventloupe;

namespace {

double milliseconds(const QElapsedTimer& clock)
{
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

Replayer makeReplayer(Replayer::Blame blame)
{
    return Replayer(std::make_shared<const Evolver>(nullptr), Replayer::maximumBytes, blame);
}

void measureFolds(EventStore& store, const StreamInfo& stream)
{
    for (const auto blame : { Replayer::Blame::Without, Replayer::Blame::With }) {
        std::vector<double> rates;
        for (int run = 0; run < 5; ++run) {
            Replayer replayer = makeReplayer(blame);
            QElapsedTimer clock;
            clock.start();
            if (!replayer.stateAtVersion(store, stream, stream.headVersion))
                return;
            rates.push_back(static_cast<double>(stream.headVersion) / milliseconds(clock) * 1e3);
        }
        report(blame == Replayer::Blame::With ? "fold_with_blame" : "fold_without_blame",
            "events/s", rates, Better::Higher);
    }
}

void measureVisits(EventStore& store, const StreamInfo& stream, Replayer& replayer, int steps)
{
    QRandomGenerator random(1);
    std::vector<double> times;
    for (int i = 0; i < steps; ++i) {
        const StreamVersion version = 1 + random.bounded(qint64(stream.headVersion));
        QElapsedTimer clock;
        clock.start();
        const auto state = replayer.stateAtVersion(store, stream, version);
        if (!state || blamedFields(*state, {}).isEmpty())
            return;
        times.push_back(milliseconds(clock));
    }
    report("blame_at_random_version", "ms", times);
}

/// As the window does: with the state before, and a trail of states.
void measureSteps(EventStore& store, const StreamInfo& stream, int steps)
{
    for (const auto blame : { Replayer::Blame::Without, Replayer::Blame::With }) {
        Replayer replayer = makeReplayer(blame);
        (void)replayer.stateAtVersion(store, stream, stream.headVersion);
        QRandomGenerator random(3);
        std::vector<double> times;
        for (int i = 0; i < steps; ++i) {
            const StreamVersion version = 1 + random.bounded(qint64(stream.headVersion));
            QElapsedTimer clock;
            clock.start();
            if (!replayer.stepToVersion(store, stream, version, Replayer::unbounded))
                return;
            times.push_back(milliseconds(clock));
        }
        report(blame == Replayer::Blame::With ? "step_with_blame" : "step_without_blame", "ms",
            times);
    }
}

void measureHistories(EventStore& store, const StreamInfo& stream, Replayer& replayer, int steps)
{
    QRandomGenerator random(2);
    std::vector<double> firsts;
    std::vector<double> alls;
    for (int i = 0; i < steps; ++i) {
        const StreamVersion version = 1 + random.bounded(qint64(stream.headVersion));
        const auto state = replayer.stateAtVersion(store, stream, version);
        const auto fields = state ? blamedFields(*state, {}) : QList<BlamedField>();
        if (fields.isEmpty())
            return;
        const auto& field = fields.at(random.bounded(fields.size()));
        FieldHistory history(stream, *JsonPointer::parse(viewOf(field.pointer)), version);
        QElapsedTimer clock;
        clock.start();
        bool isFirst = true;
        while (!history.isComplete()) {
            const auto writes = history.next(store, replayer);
            if (!writes)
                return;
            if (!writes->isEmpty() && std::exchange(isFirst, false))
                firsts.push_back(milliseconds(clock));
        }
        alls.push_back(milliseconds(clock));
    }
    report("history_first_event", "ms", firsts);
    report("history_all_events", "ms", alls);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const auto arguments = QCoreApplication::arguments();
    if (arguments.size() < 2) {
        std::fputs("usage: bench_blame STORE [STEPS]\n", stderr);
        return 2;
    }
    const auto store = openStore(arguments[1], OpenMode::ReadOnly);
    if (!store) {
        std::fprintf(stderr, "bench_blame: %s\n", qPrintable(store.error().message));
        return 1;
    }
    const auto stream = (*store)->findStream(QStringLiteral("account-1"));
    if (!stream || !*stream) {
        std::fputs("bench_blame: the log has no stream account-1\n", stderr);
        return 1;
    }
    const int steps = arguments.size() > 2 ? arguments[2].toInt() : 1000;
    measureFolds(**store, **stream);
    measureSteps(**store, **stream, steps);
    Replayer replayer = makeReplayer(Replayer::Blame::With);
    (void)replayer.stateAtVersion(**store, **stream, (*stream)->headVersion);
    measureVisits(**store, **stream, replayer, steps);
    measureHistories(**store, **stream, replayer, std::max(1, steps / 50));
    report("memory_of_blame", "MB", { static_cast<double>(replayer.figures().bytes()) / 1e6 });
    return 0;
}
