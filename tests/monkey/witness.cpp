#include "monkey/witness.h"

#include <QDateTime>
#include <QFile>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdlib>

#include <malloc.h>
#include <pthread.h>

#if defined(__SANITIZE_ADDRESS__)
// As sanitizer/allocator_interface.h has them, which GCC brings without that header.
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();
extern "C" void __sanitizer_purge_allocator();
extern "C" void __sanitizer_print_memory_profile(std::size_t topPercent, std::size_t contexts);
#endif

namespace eventloupe {

namespace {

Witness* witness = nullptr;
pthread_t mainThread;

/// What the offscreen platform says of itself, of the fonts that a machine has, and
/// of keys that nothing wanted.
bool isOfPlatform(const QString& text)
{
    static constexpr auto known = std::to_array<const char*>({ "This plugin does not support",
        "QStandardPaths: runtime directory", "QStandardPaths: wrong permissions",
        "  OpenType support missing", "Keyboard event not accepted" });
    return std::any_of(known.begin(), known.end(),
        [&](const char* each) { return text.startsWith(QLatin1String(each)); });
}

qint64 milliseconds()
{
    using namespace std::chrono;
    return duration_cast<std::chrono::milliseconds>(steady_clock::now().time_since_epoch()).count();
}

} // namespace

Witness::Witness(const QString& logFile, int patience)
    : m_log(std::fopen(QFile::encodeName(logFile).constData(), "w"))
    , m_lastBeat(milliseconds())
{
    if (m_log == nullptr)
        qFatal("%s cannot be written", qPrintable(logFile));
    witness = this;
    mainThread = ::pthread_self();
    qInstallMessageHandler(&Witness::take);
    m_watcher
        = std::jthread([this, patience](const std::stop_token& stop) { watch(patience, stop); });
}

Witness::~Witness()
{
    qInstallMessageHandler(nullptr);
    witness = nullptr;
    m_watcher.request_stop();
    m_watcher.join();
    std::fclose(m_log);
}

void Witness::take(QtMsgType type, const QMessageLogContext& /*context*/, const QString& text)
{
    if (type == QtFatalMsg) {
        std::fprintf(stderr, "monkey: %s\n", qPrintable(text));
        std::abort();
    }
    if (witness != nullptr && type != QtDebugMsg && type != QtInfoMsg && !isOfPlatform(text))
        witness->noteFault(QStringLiteral("warning: ") + text.left(300));
}

void Witness::write(const QByteArray& line)
{
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), m_log);
    std::fputc('\n', m_log);
    std::fflush(m_log);
}

void Witness::noteStep(const QByteArray& line)
{
    const std::scoped_lock lock(m_lock);
    write(line);
}

void Witness::noteFault(const QString& what)
{
    const std::scoped_lock lock(m_lock);
    write("# " + what.toUtf8().replace('\n', ' '));
    if (++m_faults[what] == 1)
        std::fprintf(stderr, "monkey: %s\n", qPrintable(what));
}

void Witness::beat()
{
    const qint64 now = milliseconds();
    m_longestPause = std::max(m_longestPause, now - m_lastBeat.exchange(now));
}

/// The signal goes to the thread that stands still, so that what catches it tells where.
void Witness::watch(int patience, const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        if (milliseconds() - m_lastBeat.load() < patience * 1000LL)
            continue;
        std::fprintf(stderr, "monkey: the event loop stood still for %d seconds\n", patience);
        ::pthread_kill(mainThread, SIGABRT);
        return;
    }
}

qint64 residentMemory()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray& line : file.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.simplified().split(' ').value(1).toLongLong() * 1024;
    }
    return -1;
}

qint64 heapInUse()
{
#if defined(__SANITIZE_ADDRESS__)
    return static_cast<qint64>(__sanitizer_get_current_allocated_bytes());
#else
    const auto figures = ::mallinfo2();
    return static_cast<qint64>(figures.uordblks + figures.hblkhd);
#endif
}

void printHeap()
{
#if defined(__SANITIZE_ADDRESS__)
    __sanitizer_print_memory_profile(95, 200);
#endif
}

void trimHeap()
{
#if defined(__SANITIZE_ADDRESS__)
    __sanitizer_purge_allocator();
#else
    ::malloc_trim(0);
#endif
}

} // namespace eventloupe
