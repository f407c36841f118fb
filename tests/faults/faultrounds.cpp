// Breaks the disk below a store, round after round, and prints what came of it as JSON:
//     faultrounds cut OPERATION ROUNDS [SEED]    the power is cut at a call by chance
//     faultrounds kill OPERATION ROUNDS [SEED]   the process ends there, and all that was written
// stays
//     faultrounds fail OPERATION STRIDE [SEED]   every STRIDE-th call of each kind fails, one a
//                                                round, once and for good
//     faultrounds lie OPERATION ROUNDS [SEED]    as cut, on a disk whose syncs do nothing: what was
//                                                acknowledged is lost, and has to be found out
// OPERATION is append, big-append, import, import-into-empty, big-import, copy or export. Ends with
// 1 where an event was lost, an append torn, a store damaged, or an append refused once the fault
// was gone.

#include "faults/faultdisk.h"
#include "faults/operations.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QHash>

#include <cstdio>
#include <optional>

using namespace eventloupe;

namespace {

struct Total {
    qint64 rounds = 0;
    qint64 struck = 0;
    RoundFigures figures;
    qint64 wrong = 0;

    void take(const RoundFigures& round, const QString& name)
    {
        ++rounds;
        struck += FaultDisk::instance().hasStruck() ? 1 : 0;
        figures.add(round);
        if (round.isGood() || ++wrong > 20)
            return;
        std::fprintf(stderr, "%s: %s\n", qPrintable(name), qPrintable(round.message));
    }

    int print(
        const QString& fault, const QString& operation, quint64 seed, qint64 milliseconds) const
    {
        std::printf("{\"fault\":\"%s\",\"operation\":\"%s\",\"rounds\":%lld,\"struck\":%lld,"
                    "\"acknowledged\":%lld,\"lost\":%lld,\"torn\":%lld,\"faulty\":%lld,"
                    "\"stuck\":%lld,\"seed\":%llu,\"seconds\":%.1f}\n",
            qPrintable(fault), qPrintable(operation), rounds, struck, figures.acknowledged,
            figures.lost, figures.torn, figures.faulty, figures.stuck, seed,
            static_cast<double>(milliseconds) / 1000);
        std::fflush(stdout);
        return figures.isGood() ? 0 : 1;
    }
};

std::optional<Operation> operationOf(const QString& name)
{
    const QHash<QString, Operation> operations { { QStringLiteral("append"), Operation::Append },
        { QStringLiteral("big-append"), Operation::BigAppend },
        { QStringLiteral("import"), Operation::Import },
        { QStringLiteral("import-into-empty"), Operation::ImportIntoEmpty },
        { QStringLiteral("big-import"), Operation::BigImport },
        { QStringLiteral("copy"), Operation::Copy },
        { QStringLiteral("export"), Operation::Export } };
    const auto found = operations.find(name);
    return found == operations.end() ? std::nullopt : std::optional(*found);
}

/// How many calls the operation makes of those that are counted.
std::int64_t callsOf(Operation operation, const FaultRound::Samples& samples, std::uint64_t seed)
{
    FaultRound round(operation, samples, seed);
    FaultDisk::Plan plan;
    plan.fault = FaultDisk::Fault::Kill;
    FaultDisk::instance().begin(plan);
    round.run();
    round.close();
    FaultDisk::instance().mend();
    return FaultDisk::instance().counted();
}

void cutRounds(
    Operation operation, const QString& name, qint64 rounds, std::uint64_t seed, Total& total)
{
    const auto fault = name == QLatin1String("kill") ? FaultDisk::Fault::Kill
                                                     : FaultDisk::Fault::PowerCut;
    FaultDisk& disk = FaultDisk::instance();
    const FaultRound::Samples samples;
    std::mt19937_64 random(seed);
    std::int64_t calls = callsOf(operation, samples, seed);
    for (qint64 i = 0; i < rounds; ++i) {
        const std::uint64_t own = random();
        FaultRound round(operation, samples, own);
        FaultDisk::Plan plan;
        plan.fault = fault;
        plan.at = 1 + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(calls));
        plan.seed = own;
        plan.syncs = name != QLatin1String("lie");
        disk.begin(plan);
        round.run();
        round.close();
        if (fault == FaultDisk::Fault::PowerCut && disk.hasStruck()) {
            disk.restart();
            round.loseHeadFile();
        }
        disk.mend();
        total.take(round.check(), QStringLiteral("round %1, call %2").arg(i).arg(plan.at));
    }
}

void failRounds(Operation operation, std::int64_t stride, std::uint64_t seed, Total& total)
{
    FaultDisk& disk = FaultDisk::instance();
    const FaultRound::Samples samples;
    using Call = FaultDisk::Call;
    using Fault = FaultDisk::Fault;
    for (const Fault fault : { Fault::InputOutput, Fault::Full })
        for (const unsigned call : { Call::Read, Call::Write, Call::Sync, Call::Open,
                 Call::Truncate, Call::Delete })
            for (const bool isForGood : { false, true }) {
                if (fault == Fault::Full && call != Call::Write)
                    continue;
                for (std::int64_t at = 1;; at += stride) {
                    FaultRound round(operation, samples, seed);
                    disk.begin({ fault, call, at, isForGood, true, seed });
                    round.run();
                    const bool hasStruck = disk.hasStruck();
                    disk.mend();
                    round.goOn();
                    round.close();
                    if (hasStruck)
                        total.take(round.check(),
                            QStringLiteral("fault %1 of calls %2, call %3, for good: %4")
                                .arg(int(fault))
                                .arg(call)
                                .arg(at)
                                .arg(isForGood));
                    else
                        break;
                }
            }
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList words = application.arguments();
    const QString fault = words.value(1);
    const auto operation = operationOf(words.value(2));
    const qint64 count = words.value(3).toLongLong();
    if (!operation || count < 1) {
        std::fprintf(stderr, "faultrounds cut|kill|lie|fail OPERATION ROUNDS|STRIDE [SEED]\n");
        return 2;
    }
    FaultDisk::instance().install();
    const quint64 seed = words.value(4, QStringLiteral("1")).toULongLong();
    QElapsedTimer timer;
    timer.start();
    Total total;
    if (fault == QLatin1String("fail"))
        failRounds(*operation, count, seed, total);
    else
        cutRounds(*operation, fault, count, seed, total);
    return total.print(fault, words.at(2), seed,
        timer.elapsed());
}
