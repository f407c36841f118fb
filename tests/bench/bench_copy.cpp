#include "benchfigures.h"
#include "exchange/copylog.h"
#include "store/openstore.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>

// bench_copy STORE [FOLDER [RUNS [BATCH]]]: copies a store into a new one, RUNS times, in one go
// and in transactions of BATCH events, and cancels a copy at 30 %; one JSON object a figure.

using namespace eventloupe;

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

template <class T> T taken(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "bench_copy: %s\n", qPrintable(result.error().message));
        std::exit(1);
    }
    return std::move(*result);
}

class CopyBench {
public:
    CopyBench(const QString& from, const QString& folder)
        : m_from(taken(openStore(from, OpenMode::ReadOnly)))
        , m_to(folder + QStringLiteral("/copy.eventlog"))
    {
    }

    /// A whole copy and its verification, with the part that the latter takes.
    void copy(const std::string& name, int runs, qint64 batch)
    {
        std::vector<double> rates;
        std::vector<double> verifying;
        for (int run = 0; run < runs; ++run) {
            const Progress progress;
            std::atomic<bool> isOver = false;
            Clock::time_point verified;
            std::thread watcher([&] {
                while (!isOver && progress.phase() != Progress::Phase::Verifying)
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
                verified = Clock::now();
            });
            const auto start = Clock::now();
            const CopySummary summary
                = taken(copyLog(*m_from, { m_to, false, false, batch }, progress, CancelToken()));
            const double seconds = secondsSince(start);
            isOver = true;
            watcher.join();
            verifying.push_back(secondsSince(verified));
            rates.push_back(static_cast<double>(summary.copied) / seconds);
            removeCopy();
        }
        report(name, "events/s", rates, Better::Higher);
        report(name + "_verify", "s", verifying);
    }

    /// How long a copy that is cancelled at 30 % takes to end.
    void cancel(const std::string& name, qint64 batch)
    {
        const Progress progress;
        const CancelToken cancel;
        std::atomic<bool> isOver = false;
        Clock::time_point cancelled;
        std::thread canceller([&] {
            while (
                !isOver && (progress.total() == 0 || progress.done() * 10 < progress.total() * 3))
                std::this_thread::sleep_for(std::chrono::microseconds(200));
            cancelled = Clock::now();
            cancel.cancel();
        });
        const auto copied = copyLog(*m_from, { m_to, false, false, batch }, progress, cancel);
        const double seconds = secondsSince(cancelled);
        isOver = true;
        canceller.join();
        if (copied)
            std::fprintf(stderr, "bench_copy: the copy was not cancelled\n");
        else
            report(name, "ms", { seconds * 1000 });
        removeCopy();
    }

private:
    void removeCopy() const
    {
        for (const char* suffix : { "", ".head", "-wal", "-shm", "-journal" })
            QFile::remove(m_to + QString::fromLatin1(suffix));
    }

    std::unique_ptr<EventStore> m_from;
    QString m_to;
};

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2) {
        std::fputs("usage: bench_copy STORE [FOLDER [RUNS [BATCH]]]\n", stderr);
        return 2;
    }
    const QTemporaryDir own(arguments.value(2, QDir::tempPath()) + QStringLiteral("/bench-XXXXXX"));
    const int runs = arguments.value(3, QStringLiteral("1")).toInt();
    const qint64 batch
        = std::max<qint64>(arguments.value(4, QStringLiteral("100000")).toLongLong(), 1);
    CopyBench bench(arguments.at(1), own.path());
    if (runs > 0) {
        bench.copy("copy", runs, 0);
        bench.copy("copy_batches", runs, batch);
    }
    bench.cancel("copy_cancel", 0);
    bench.cancel("copy_cancel_batches", batch);
    report("copy_peak_memory", "MB", { memoryOf("VmHWM") });
    return 0;
}
