#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>

#include <atomic>
#include <cstdio>
#include <mutex>
#include <thread>

namespace eventloupe {

/// What went wrong beside crashes: warnings of Qt and of the program, and an event loop that stands
/// still. Writes down each step before it is done, so that the last line is what a crash came from.
class Witness final {
public:
    /// Steps go to `logFile`. When no step came for `patience` seconds, the process is ended.
    Witness(const QString& logFile, int patience);
    ~Witness();
    Witness(const Witness&) = delete;
    Witness& operator=(const Witness&) = delete;

    void noteStep(const QByteArray& line);
    /// A thing that must not be; told once for each text.
    void noteFault(const QString& what);
    /// The event loop turns.
    void beat();

    /// Each with how often.
    [[nodiscard]] const QMap<QString, int>& faults() const { return m_faults; }
    /// The longest time between two beats.
    [[nodiscard]] qint64 longestPause() const { return m_longestPause; }

private:
    static void take(QtMsgType type, const QMessageLogContext& context, const QString& text);
    void write(const QByteArray& line);
    void watch(int patience, const std::stop_token& stop);

    std::FILE* m_log;
    std::mutex m_lock; ///< Of the log and the faults: warnings come from every thread.
    QMap<QString, int> m_faults;
    std::atomic<qint64> m_lastBeat;
    qint64 m_longestPause = 0;
    std::jthread m_watcher;
};

/// Bytes of the process that are in memory; -1 where the system does not say.
[[nodiscard]] qint64 residentMemory();
/// Bytes of the heap in use: what was allocated and not freed.
[[nodiscard]] qint64 heapInUse();
/// Who allocated what is in use, on standard error; nothing without the address sanitizer.
void printHeap();
/// What was freed goes back to the system, as far as it can.
void trimHeap();

} // namespace eventloupe
