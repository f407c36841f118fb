#include "support/loopwatch.h"

#include <QCoreApplication>
#include <QEvent>
#include <QEventLoop>
#include <QHash>
#include <QTimer>

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include <cxxabi.h>
#include <dlfcn.h>
#include <execinfo.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace eventloupe {

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto beatInterval = std::chrono::milliseconds(3);
constexpr auto lookInterval = std::chrono::milliseconds(4);
constexpr int mostFrames = 64;
constexpr int callsOfHandler = 2; ///< The handler, and the kernel's way into it.

std::array<void*, mostFrames> frames;
std::atomic<int> frameCount { 0 };

int stackSignal()
{
    return SIGRTMIN + 4;
}

void noteStack(int)
{
    const int error = errno;
    frameCount.store(::backtrace(frames.data(), mostFrames), std::memory_order_release);
    errno = error;
}

QString nameOf(void* address)
{
    Dl_info info {};
    if (::dladdr(address, &info) == 0 || !info.dli_fname)
        return QStringLiteral("?");
    const auto file = QString::fromLocal8Bit(info.dli_fname).section(u'/', -1);
    if (!info.dli_sname)
        return QStringLiteral("%1+0x%2")
            .arg(file)
            .arg(reinterpret_cast<quintptr>(address)
                    - reinterpret_cast<quintptr>(info.dli_fbase),
                0, 16);
    int status = 0;
    const std::unique_ptr<char, void (*)(void*)> name(
        abi::__cxa_demangle(info.dli_sname, nullptr, nullptr, &status), &std::free);
    return QStringLiteral("%1 in %2").arg(
        QString::fromLatin1(status == 0 ? name.get() : info.dli_sname), file);
}

/// How a thread spent its time, in nanoseconds.
struct Account {
    qint64 queued = 0; ///< Ready to run, and not run.
    bool isKnown = false;
};

class Figures {
public:
    explicit Figures(pid_t thread)
        : m_folder("/proc/self/task/" + std::to_string(thread))
    {
    }

    [[nodiscard]] Account account() const
    {
        const auto text = read("/schedstat");
        const auto parts = text.split(' ');
        if (parts.size() < 3)
            return {};
        return { parts.at(1).toLongLong(), true };
    }

    /// Whether the thread waits for something.
    [[nodiscard]] bool isAsleep() const
    {
        const auto text = read("/stat");
        const auto state = text.mid(text.lastIndexOf(')') + 2, 1);
        return state == "S" || state == "D";
    }

private:
    [[nodiscard]] QByteArray read(const char* name) const
    {
        const int file = ::open((m_folder + name).c_str(), O_RDONLY | O_CLOEXEC);
        if (file < 0)
            return {};
        QByteArray text(512, '\0');
        text.resize(std::max<qsizetype>(
            ::read(file, text.data(), static_cast<std::size_t>(text.size())), 0));
        ::close(file);
        return text;
    }

    std::string m_folder;
};

} // namespace

/// Lives on the watched thread and takes the heartbeats; its thread sends them.
class LoopWatch::Watcher final : public QObject {
public:
    explicit Watcher(std::chrono::milliseconds limit)
        : m_limit(limit)
        , m_watched(::pthread_self())
        , m_figures(static_cast<pid_t>(::syscall(SYS_gettid)))
    {
        ::pthread_getcpuclockid(m_watched, &m_cpuClock);
        // Its first call loads a library, which no handler may do.
        ::backtrace(frames.data(), mostFrames);
        struct sigaction action {};
        action.sa_handler = &noteStack;
        action.sa_flags = SA_RESTART;
        ::sigaction(stackSignal(), &action, nullptr);
        m_thread = std::thread([this] { watch(); });
    }

    ~Watcher() override
    {
        {
            const std::lock_guard lock(m_mutex);
            m_isEnding = true;
        }
        m_wake.notify_all();
        m_thread.join();
    }

    void begin(const QString& what)
    {
        const std::lock_guard lock(m_mutex);
        m_what = what;
        m_isActive = true;
        m_wake.notify_all();
    }

    void end()
    {
        const std::lock_guard lock(m_mutex);
        takeBeat();
        m_isActive = false;
    }

    QList<Stall> stalls()
    {
        const std::lock_guard lock(m_mutex);
        return m_stalls;
    }

    QList<Stall> longestOfEach()
    {
        const std::lock_guard lock(m_mutex);
        QList<Stall> all = m_longest.values();
        std::sort(all.begin(), all.end(), [](const Stall& left, const Stall& right) {
            return left.milliseconds > right.milliseconds;
        });
        return all;
    }

protected:
    bool event(QEvent* event) override
    {
        if (event->type() != QEvent::User)
            return QObject::event(event);
        const std::lock_guard lock(m_mutex);
        takeBeat();
        m_isPosted = false;
        m_wake.notify_all();
        return true;
    }

private:
    struct Beat {
        Clock::time_point start;
        Account account;
        qint64 computed = 0;
        qint64 asleep = 0; ///< By the looks.
        int looks = 0; ///< At which a stack was taken.
        QStringList stack;
    };

    [[nodiscard]] qint64 computed() const
    {
        timespec time {};
        ::clock_gettime(m_cpuClock, &time);
        return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
    }

    /// Nanoseconds.
    [[nodiscard]] qint64 charged(const Beat& beat) const
    {
        const qint64 looked = computed() - beat.computed + beat.asleep;
        const auto now = m_figures.account();
        if (!beat.account.isKnown || !now.isKnown)
            return looked;
        const auto clock
            = std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - beat.start);
        return std::min(looked, clock.count() - (now.queued - beat.account.queued));
    }

    /// The loop came round, or the watch ends; on the watched thread.
    void takeBeat()
    {
        if (!m_beat)
            return;
        const Stall stall { static_cast<double>(charged(*m_beat)) / 1e6, m_what, m_beat->stack };
        if (auto& longest = m_longest[m_what]; stall.milliseconds > longest.milliseconds)
            longest = stall;
        if (stall.milliseconds > static_cast<double>(m_limit.count()))
            m_stalls.append(stall);
        m_beat.reset();
    }

    void watch()
    {
        std::unique_lock lock(m_mutex);
        while (!m_isEnding) {
            if (!m_isActive || m_isPosted) {
                m_wake.wait(lock);
                continue;
            }
            m_isPosted = true;
            m_beat = Beat { Clock::now(), m_figures.account(), computed(), 0, 0, {} };
            QCoreApplication::postEvent(this, new QEvent(QEvent::User));
            awaitBeat(lock);
            m_wake.wait_for(lock, beatInterval);
        }
    }

    void awaitBeat(std::unique_lock<std::mutex>& lock)
    {
        const qint64 limit = std::chrono::nanoseconds(m_limit).count();
        while (m_beat && !m_isEnding) {
            const auto before = Clock::now();
            m_wake.wait_for(lock, lookInterval);
            if (!m_beat)
                return;
            if (m_figures.isAsleep())
                m_beat->asleep += (Clock::now() - before).count();
            // Once at the limit, and once more where that was too early; the stall may go on.
            if (charged(*m_beat) > limit * (m_beat->looks + 1) && m_beat->looks < 3)
                takeStack(lock);
        }
    }

    void takeStack(std::unique_lock<std::mutex>& lock)
    {
        ++m_beat->looks;
        frameCount.store(0, std::memory_order_release);
        ::pthread_kill(m_watched, stackSignal());
        lock.unlock();
        int count = 0;
        for (int i = 0; i < 200 && count == 0; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            count = frameCount.load(std::memory_order_acquire);
        }
        QStringList stack;
        for (int i = callsOfHandler; i < count; ++i)
            stack.append(nameOf(frames.at(static_cast<std::size_t>(i))));
        lock.lock();
        if (m_beat && !stack.isEmpty())
            m_beat->stack = stack;
        else if (!stack.isEmpty() && !m_stalls.isEmpty() && m_stalls.last().stack.isEmpty())
            m_stalls.last().stack = stack; // It ended meanwhile.
    }

    const std::chrono::milliseconds m_limit;
    const pthread_t m_watched;
    const Figures m_figures;
    clockid_t m_cpuClock {};
    std::thread m_thread;
    std::mutex m_mutex; ///< Guards what follows.
    std::condition_variable m_wake;
    QString m_what;
    bool m_isActive = false;
    bool m_isPosted = false; ///< A heartbeat is on its way.
    bool m_isEnding = false;
    std::optional<Beat> m_beat; ///< While it is not answered.
    QList<Stall> m_stalls;
    QHash<QString, Stall> m_longest;
};

QString LoopWatch::Stall::toText() const
{
    return QStringLiteral("%1: %2 ms\n    %3")
        .arg(during)
        .arg(milliseconds, 0, 'f', 0)
        .arg(stack.join(QStringLiteral("\n    ")));
}

LoopWatch::LoopWatch(std::chrono::milliseconds limit)
    : m_watcher(std::make_unique<Watcher>(limit))
{
}

LoopWatch::~LoopWatch() = default;

std::chrono::milliseconds LoopWatch::defaultLimit()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return std::chrono::milliseconds(1000);
#else
    return std::chrono::milliseconds(100);
#endif
}

void LoopWatch::begin(const QString& what)
{
    m_watcher->begin(what);
}

void LoopWatch::end()
{
    m_watcher->end();
}

QList<LoopWatch::Stall> LoopWatch::stalls() const
{
    return m_watcher->stalls();
}

QList<LoopWatch::Stall> LoopWatch::longestOfEach() const
{
    return m_watcher->longestOfEach();
}

LoopWatch::Stall LoopWatch::longest() const
{
    return longestOfEach().value(0);
}

bool LoopWatch::waitFor(const std::function<bool()>& isDone, int milliseconds)
{
    if (isDone())
        return true;
    QEventLoop loop;
    QTimer look;
    bool done = false;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        done = isDone();
        if (done)
            loop.quit();
    });
    look.start(5);
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
    return done || isDone();
}

void LoopWatch::run(int milliseconds)
{
    waitFor([] { return false; }, milliseconds);
}

} // namespace eventloupe
