#include "fuzz/fuzztarget.h"
#include "fuzz/mutator.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>

#include <csignal>
#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

// Runs a target without libFuzzer, on any compiler: its seeds, files, and seeded mutations.
//
//     fuzz_NAME_replay [--runs N] [--seed S] [--write-seeds DIR] [FILE|DIR...]

using namespace eventloupe;

namespace {

QByteArray current; ///< The input of this run.

/// Keeps what a target fell over; only what a signal handler may call.
void keepInput(int number)
{
    const char* name = "crash-input";
    const int file = ::open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file >= 0) {
        const auto written
            = ::write(file, current.constData(), static_cast<std::size_t>(current.size()));
        static_cast<void>(written);
        ::close(file);
    }
    std::signal(number, SIG_DFL);
    std::raise(number);
}

void run(const QByteArray& input)
{
    current = input;
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(current.constData()),
        static_cast<std::size_t>(current.size()));
}

int writeSeeds(const QByteArrayList& seeds, const QString& folder)
{
    QDir().mkpath(folder);
    for (qsizetype i = 0; i < seeds.size(); ++i) {
        QFile file(folder + QStringLiteral("/seed-%1").arg(i, 5, 10, QLatin1Char('0')));
        if (!file.open(QIODevice::WriteOnly) || file.write(seeds.at(i)) != seeds.at(i).size())
            return 1;
    }
    std::printf("%lld seeds\n", static_cast<long long>(seeds.size()));
    return 0;
}

qint64 runFiles(const QString& path)
{
    QStringList files { path };
    if (QFileInfo(path).isDir()) {
        files.clear();
        for (QDirIterator each(path, QDir::Files); each.hasNext();)
            files.append(each.next());
        files.sort();
    }
    for (const QString& name : files) {
        QFile file(name);
        if (file.open(QIODevice::ReadOnly))
            run(file.readAll());
    }
    return files.size();
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    for (const int number : { SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL })
        std::signal(number, keepInput);
    const QByteArrayList seeds = fuzzSeeds();
    qint64 runs = 0;
    quint32 seed = 1;
    qint64 count = 0;
    const QStringList words = QCoreApplication::arguments().mid(1);
    QElapsedTimer clock;
    clock.start();
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (words[i] == u"--runs")
            runs = words.value(++i).toLongLong();
        else if (words[i] == u"--seed")
            seed = words.value(++i).toUInt();
        else if (words[i] == u"--write-seeds")
            return writeSeeds(seeds, words.value(++i));
        else
            count += runFiles(words[i]);
    }
    for (const QByteArray& input : seeds)
        run(input);
    Mutator mutator(seeds, seed);
    for (qint64 i = 0; i < runs; ++i)
        run(mutator.next());
    std::printf("{\"seeds\":%lld,\"files\":%lld,\"mutations\":%lld,\"seconds\":%.1f}\n",
        static_cast<long long>(seeds.size()), static_cast<long long>(count),
        static_cast<long long>(runs), static_cast<double>(clock.elapsed()) / 1000);
    return 0;
}
