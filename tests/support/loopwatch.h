#pragma once

#include <QObject>
#include <QStringList>

#include <chrono>
#include <functional>
#include <memory>

namespace eventloupe {

/// A watchdog: tells how long the event loop of the thread that made it did not come round, and
/// where that thread was then.
///
/// Another thread posts a heartbeat every few milliseconds and waits until the loop delivers it.
/// A stall is one that takes longer than the limit. A machine that is busy with other things, or
/// whose processors are others' for a while, raises no false alarm, since what is charged is the
/// lesser of two measures:
/// - the time by the clock without that in which the watched thread stood in the scheduler's run
///   queue (the second figure of /proc/self/task/TID/schedstat);
/// - what the thread computed itself (its CPU clock), and the time between those looks, some
///   milliseconds apart, at which it was asleep in a call of the system: for a disk, a lock or
///   another thread (state S or D in /proc/self/task/TID/stat).
/// Where the kernel keeps no schedstat, the second stands alone. Sanitizers make the program
/// slower, and the limit longer.
///
/// At the limit the thread is interrupted by a signal and notes its stack by backtrace(). Waits of
/// a test have to run the event loop, as waitFor() does: QTest::qWait() sleeps beside it.
class LoopWatch final {
public:
    struct Stall {
        double milliseconds = 0; ///< As charged.
        QString during;
        QStringList stack; ///< Innermost call first; may be empty.
        [[nodiscard]] QString toText() const;
    };

    explicit LoopWatch(std::chrono::milliseconds limit = defaultLimit());
    ~LoopWatch();

    /// 100 ms, or more under a sanitizer.
    [[nodiscard]] static std::chrono::milliseconds defaultLimit();

    /// What is done from now on is watched, under this name.
    void begin(const QString& what);
    /// Ends it: what the thread did since it last came round counts as well.
    void end();

    /// All of them, in order.
    [[nodiscard]] QList<Stall> stalls() const;
    /// The longest time that the loop did not come round, stall or not.
    [[nodiscard]] Stall longest() const;
    /// The longest of each name, longest first; stall or not.
    [[nodiscard]] QList<Stall> longestOfEach() const;

    /// Runs the event loop until `isDone` or for so many milliseconds; says which.
    static bool waitFor(const std::function<bool()>& isDone, int milliseconds);
    /// Runs the event loop for so long.
    static void run(int milliseconds);

private:
    class Watcher;
    std::unique_ptr<Watcher> m_watcher;
};

} // namespace eventloupe
