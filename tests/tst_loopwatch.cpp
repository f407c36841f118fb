#include "support/loopwatch.h"
#include "support/slowfiles.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include <time.h>

using namespace eventloupe;
using namespace std::chrono_literals;

// Not static, so that stacks have their names.

/// Computes for so long by the thread's own clock.
[[gnu::noinline]] void computeBusily(std::chrono::milliseconds length)
{
    const auto now = [] {
        timespec time {};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
    };
    const auto start = now();
    while (now() - start < length) { }
}

[[gnu::noinline]] void sleepDeliberately(std::chrono::milliseconds length)
{
    std::this_thread::sleep_for(length);
    asm volatile("" ::: "memory"); // Not a tail call: it is to stand in the stack.
}

/// The watchdog itself: it has to catch what blocks, and nothing else.
class tst_LoopWatch final : public QObject {
    Q_OBJECT

private:
    /// The only stall of something that an event of the loop does.
    static QList<LoopWatch::Stall> stallsOf(const std::function<void()>& work)
    {
        LoopWatch watch;
        watch.begin(QStringLiteral("some work"));
        LoopWatch::run(30);
        QTimer::singleShot(0, work);
        LoopWatch::run(60);
        watch.end();
        return watch.stalls();
    }

private slots:
    void catchesASleep()
    {
        const auto stalls = stallsOf([] { sleepDeliberately(LoopWatch::defaultLimit() * 3 / 2); });
        QCOMPARE(stalls.size(), 1);
        QVERIFY(stalls.first().milliseconds < 10.0 * double(LoopWatch::defaultLimit().count()));
        QCOMPARE(stalls.first().during, QStringLiteral("some work"));
        QVERIFY2(stalls.first().toText().contains(QStringLiteral("sleepDeliberately")),
            qPrintable(stalls.first().toText()));
    }

    void catchesABusyLoop()
    {
        const auto stalls = stallsOf([] { computeBusily(LoopWatch::defaultLimit() * 3 / 2); });
        QCOMPARE(stalls.size(), 1);
        QVERIFY2(stalls.first().toText().contains(QStringLiteral("computeBusily")),
            qPrintable(stalls.first().toText()));
    }

    void catchesWorkThatEndsWithoutTheLoop()
    {
        LoopWatch watch;
        watch.begin(QStringLiteral("a click"));
        LoopWatch::run(20);
        sleepDeliberately(LoopWatch::defaultLimit() * 3 / 2);
        watch.end();
        QCOMPARE(watch.stalls().size(), 1);
    }

    void catchesASlowFile()
    {
        const QTemporaryDir folder;
        const auto name = folder.filePath(QStringLiteral("a/b"));
        const auto stalls = stallsOf([&] {
            const SlowFiles slow(folder.path(), int(LoopWatch::defaultLimit().count()) * 3 / 2);
            QFile::exists(name);
        });
        QCOMPARE(stalls.size(), 1);
    }

    void leavesShortWorkAlone()
    {
        LoopWatch watch;
        watch.begin(QStringLiteral("many small pieces"));
        QTimer pieces;
        connect(&pieces, &QTimer::timeout, this, [] { sleepDeliberately(10ms); });
        pieces.start(1);
        // On a busy machine few of the heartbeats come while a piece is at work.
        for (int round = 0; round < 40 && watch.longest().milliseconds <= 5; ++round)
            LoopWatch::run(500);
        watch.end();
        QVERIFY(watch.longest().milliseconds > 5);
        QVERIFY2(watch.stalls().isEmpty(), qPrintable(watch.longest().toText()));
    }

    void doesNotChargeTheRunQueue()
    {
        // Many threads compute, so that this one waits for a processor again and again.
        std::atomic<bool> isOver { false };
        std::vector<std::thread> rivals;
        for (unsigned i = 0; i < 3 * std::thread::hardware_concurrency(); ++i)
            rivals.emplace_back([&] {
                while (!isOver) { }
            });
        const auto stalls = stallsOf([] { computeBusily(LoopWatch::defaultLimit() / 2); });
        isOver = true;
        for (auto& rival : rivals)
            rival.join();
        QVERIFY2(stalls.isEmpty(), qPrintable(stalls.isEmpty() ? QString() : stalls.first().toText()));
    }

    void watchesOnlyBetweenBeginAndEnd()
    {
        LoopWatch watch;
        sleepDeliberately(LoopWatch::defaultLimit() * 3 / 2);
        watch.begin(QStringLiteral("nothing"));
        LoopWatch::run(20);
        watch.end();
        sleepDeliberately(LoopWatch::defaultLimit() * 3 / 2);
        LoopWatch::run(20);
        QVERIFY(watch.stalls().isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_LoopWatch)

#include "tst_loopwatch.moc"
