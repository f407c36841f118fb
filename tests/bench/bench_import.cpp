#include "benchfigures.h"
#include "exchange/importer.h"
#include "store/openstore.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

// bench_import FILE [FOLDER [RUNS]]: imports a file (generate N > FILE) into a new store, RUNS
// times, with the time of each phase, then cancels an import in each; one JSON object a figure.

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
        std::fprintf(stderr, "bench_import: %s\n", qPrintable(result.error().message));
        std::exit(1);
    }
    return std::move(*result);
}

/// Of all threads: what a shared machine does not distort as it does the clock.
double cpuSeconds()
{
#ifdef Q_OS_UNIX
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
#else
    return 0;
#endif
}

/// Notes from another thread when each phase begins.
class PhaseClock {
public:
    explicit PhaseClock(const Progress& progress)
        : m_thread([this, progress] { watch(progress); })
    {
    }
    ~PhaseClock() { stop(); }
    PhaseClock(const PhaseClock&) = delete;
    PhaseClock& operator=(const PhaseClock&) = delete;

    void stop()
    {
        m_isOver = true;
        if (m_thread.joinable())
            m_thread.join();
    }
    [[nodiscard]] Clock::time_point indexing() const { return m_indexing; }
    [[nodiscard]] Clock::time_point saving() const { return m_saving; }

private:
    void watch(const Progress& progress)
    {
        for (Progress::Phase before = progress.phase(); !m_isOver;) {
            const Progress::Phase phase = progress.phase();
            if (phase != std::exchange(before, phase))
                (phase == Progress::Phase::Indexing ? m_indexing : m_saving) = Clock::now();
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }

    std::atomic<bool> m_isOver = false;
    Clock::time_point m_indexing;
    Clock::time_point m_saving;
    std::thread m_thread;
};

QString storeIn(const QString& folder)
{
    return folder + QStringLiteral("/import.eventlog");
}

void removeStore(const QString& folder)
{
    for (const char* suffix : { "", ".head", "-wal", "-shm", "-journal" })
        QFile::remove(storeIn(folder) + QString::fromLatin1(suffix));
}

void benchImport(const QString& file, const QString& folder, int runs)
{
    std::vector<double> rates;
    std::vector<double> rows;
    std::vector<double> indexes;
    std::vector<double> savings;
    std::vector<double> processor;
    qint64 events = 0;
    for (int run = 0; run < runs; ++run) {
        const auto store = taken(openStore(storeIn(folder), OpenMode::Create));
        const Progress progress;
        PhaseClock phases(progress);
        const auto start = Clock::now();
        const double cpu = cpuSeconds();
        events = taken(importFile(*store, { file, {}, {} }, progress, CancelToken())).events;
        const auto end = Clock::now();
        phases.stop();
        const auto seconds
            = [](auto duration) { return std::chrono::duration<double>(duration).count(); };
        rates.push_back(static_cast<double>(events) / seconds(end - start));
        rows.push_back(seconds(phases.indexing() - start));
        indexes.push_back(seconds(phases.saving() - phases.indexing()));
        savings.push_back(seconds(end - phases.saving()));
        processor.push_back(cpuSeconds() - cpu);
        if (run + 1 < runs)
            removeStore(folder);
    }
    report("import", "events/s", rates, Better::Higher);
    report("import_read_and_store", "s", rows);
    report("import_index", "s", indexes);
    report("import_save", "s", savings);
    report("import_processor_time", "s", processor);
    report("import_peak_memory", "MB", { memoryOf("VmHWM") });
    report("import_store_size", "MB", { static_cast<double>(QFile(storeIn(folder)).size()) / 1e6 });
    removeStore(folder);
}

/// How long a cancelled import takes to end, rollback included, when it is cancelled at a part of a
/// phase.
void benchCancel(const QString& file, const QString& folder, const char* name,
    Progress::Phase phase, double part)
{
    const auto store = taken(openStore(storeIn(folder), OpenMode::Create));
    const Progress progress;
    const CancelToken cancel;
    std::atomic<bool> isOver = false;
    Clock::time_point cancelled;
    std::thread canceller([&] {
        const auto isThere = [&] {
            return progress.phase() == phase && progress.total() > 0
                && static_cast<double>(progress.done())
                >= static_cast<double>(progress.total()) * part;
        };
        while (!isThere() && !isOver)
            std::this_thread::sleep_for(std::chrono::microseconds(200));
        cancelled = Clock::now();
        cancel.cancel();
    });
    const auto result = importFile(*store, { file, {}, {} }, progress, cancel);
    const double seconds = secondsSince(cancelled);
    isOver = true;
    canceller.join();
    if (result || taken(store->head()) != 0)
        std::fprintf(stderr, "bench_import: %s: the import was not cancelled\n", name);
    else
        report(name, "ms", { seconds * 1000 });
    removeStore(folder);
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2) {
        std::fputs("usage: bench_import FILE [FOLDER [RUNS]]\n", stderr);
        return 2;
    }
    const QTemporaryDir own(arguments.value(2, QDir::tempPath()) + QStringLiteral("/bench-XXXXXX"));
    const QString& file = arguments.at(1);
    benchImport(file, own.path(), std::max(arguments.value(3).toInt(), 1));
    using Phase = Progress::Phase;
    benchCancel(file, own.path(), "import_cancel_half_read", Phase::Working, 0.5);
    benchCancel(file, own.path(), "import_cancel_first_index", Phase::Indexing, 0.1);
    benchCancel(file, own.path(), "import_cancel_index_of_ids", Phase::Indexing, 0.5);
    benchCancel(file, own.path(), "import_cancel_last_index", Phase::Indexing, 0.9);
    return 0;
}
