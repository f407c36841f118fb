#pragma once

#include "support/loopwatch.h"
#include "support/windowbench.h"

namespace eventloupe {

/// A walk through all that a person does with the window, while its event loop is watched. Each
/// step is done, waited for and rested after: what follows of it counts for it.
class WindowTour final {
public:
    /// Milliseconds that a step may take; slow disks are slow.
    explicit WindowTour(int patience);

    [[nodiscard]] WindowBench& bench() { return m_bench; }
    [[nodiscard]] WindowParts parts() { return m_bench.workbench().parts(); }

    /// Does something and waits for what it leads to; notes where that does not come.
    void step(const char* name, const std::function<void()>& action,
        const std::function<bool()>& isDone = {});
    void trigger(const char* action); ///< By its text without "&" and "…".

    void open(const QString& location);
    /// Through the log and its time: jumps, keys, slider, scrolling, clicks.
    void move();
    /// Filters, searches, goes to.
    void search(const QString& filter, const QString& stream);
    /// Each panel and tab, with what they show at some places.
    void showPanels();
    /// Event detail's pages.
    void showDetail(Position position);
    void watch(const QString& expression);
    /// `append` writes by another connection.
    void follow(const std::function<void()>& append);
    void branch(Position position);
    /// Windows of their own that only read.
    void showDialogs();
    void closeStore();

    /// Stalls and steps that did not end; empty when all is well.
    [[nodiscard]] QString faults() const;
    /// The ten steps that held the loop up for longest, on one line.
    [[nodiscard]] QString figures() const;

private:
    [[nodiscard]] bool isShown(Position position);
    void goTo(Position position);
    void dismiss(const char* dialog);

    const int m_patience;
    WindowBench m_bench;
    LoopWatch m_watch;
    QStringList m_unfinished;
};

} // namespace eventloupe
