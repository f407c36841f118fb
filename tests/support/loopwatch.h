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
/// A stall is one that takes longer than the limit. What is charged for it is the time by the
/// clock *without* the time that the watched thread stood in the scheduler's run queue (the second
/// figure of /proc/self/task/TID/schedstat): so what is left is what the thread computed itself
/// and what it slept in calls of the system (disk, locks, waits), and a machine that is busy with
/// other things raises no false alarm. Where the kernel keeps no such figures, the thread's
/// own computing (its CPU clock) is charged and the time of those looks at which it was
/// asleep (state S or D). Sanitizers make the program slower, and the limit longer.
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
