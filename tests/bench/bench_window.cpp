// Opens a store in the real window and moves its time cursor, under any platform plugin:
//     bench_window STORE [STEPS]
// Prints one JSON object a figure. A step is done when log, stream list and state all show the
// position and are painted.

#include "app/gui.h"
#include "app/workbench.h"
#include "ui/window/mainwindow.h"
#include "ui/window/session.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace eventloupe;

namespace {

/// A value of /proc/self/status in MB: "VmRSS", "VmHWM".
double memory(const char* name)
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const auto lines = file.readAll().split('\n');
    for (const auto& line : lines)
        if (line.startsWith(name))
            return line.simplified().split(' ').value(1).toDouble() / 1024;
    return 0;
}

void report(const char* name, const char* unit, std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    const auto at = [&](double share) {
        return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
    };
    std::printf("{\"name\":\"%s\",\"unit\":\"%s\",\"count\":%zu,\"p50\":%.2f,\"p99\":%.2f,"
                "\"max\":%.2f,\"peak_mb\":%.0f}\n",
        name, unit, values.size(), at(0.5), at(0.99), values.back(), memory("VmHWM"));
    std::fflush(stdout);
}

/// Milliseconds that the processors worked for this process: other load does not change them much.
double processorTime()
{
    timespec time {};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// How long each step took, and how long the processors worked for it.
struct Figures {
    std::vector<double> elapsed;
    std::vector<double> worked;
};

/// Counts the paint events of the panels' viewports.
class PaintCounter final : public QObject {
public:
    explicit PaintCounter(QWidget& window)
    {
        for (const char* name : { "logView", "streamView", "stateView" })
            if (auto* view = window.findChild<QAbstractItemView*>(QLatin1String(name)))
                view->viewport()->installEventFilter(this);
    }
    [[nodiscard]] int paints() const { return m_paints; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint)
            ++m_paints;
        return QObject::eventFilter(watched, event);
    }

private:
    int m_paints = 0;
};

class Bench {
public:
    Bench(Workbench& workbench, QWidget& window)
        : m_parts(workbench.parts())
        , m_counter(window)
    {
    }

    [[nodiscard]] bool shows(Position position) const
    {
        const int row = m_parts.log.rowOf(position);
        return m_parts.state.view()->position == position && m_parts.streams.position() == position
            && row >= 0 && m_parts.log.eventAt(row) != nullptr;
    }

    /// Milliseconds until everything shows the position and was painted.
    double settle(const QElapsedTimer& timer, Position position)
    {
        while (!shows(position))
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        const int before = m_counter.paints();
        QCoreApplication::processEvents();
        m_painted += m_counter.paints() - before;
        return static_cast<double>(timer.nsecsElapsed()) / 1e6;
    }

    void step(Position position, Figures& figures)
    {
        const double start = processorTime();
        QElapsedTimer timer;
        timer.start();
        m_parts.cursor.moveTo(position);
        figures.elapsed.push_back(settle(timer, position));
        figures.worked.push_back(processorTime() - start);
        // What follows in the background (headlines, density) is not part of the step.
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
    }

    [[nodiscard]] Position head() const { return m_parts.cursor.head(); }
    [[nodiscard]] bool isOpen() const { return m_parts.client.isOpen() && head() > 0; }

private:
    WindowParts m_parts;
    PaintCounter m_counter;
    int m_painted = 0;
};

} // namespace

int main(int argc, char** argv)
{
    QElapsedTimer sinceStart;
    sinceStart.start();
    QApplication application(argc, argv);
    const auto arguments = QApplication::arguments();
    if (arguments.size() < 2) {
        std::fputs("usage: bench_window STORE [STEPS]\n", stderr);
        return 2;
    }
    const QTemporaryDir scratch;
    qputenv("EVENTLOUPE_CONFIG_DIR", scratch.path().toUtf8());
    const int steps = arguments.size() > 2 ? arguments[2].toInt() : 1000;

    Session session;
    Workbench workbench;
    MainWindow window(workbench.parts(), session);
    joinWindow(workbench, window);
    window.resize(1440, 900);
    window.show();
    workbench.open(arguments[1]);
    Bench bench(workbench, window);
    while (!bench.isOpen())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    report("open_to_painted_rows", "ms", { bench.settle(sinceStart, bench.head()) });
    report("memory_after_opening", "MB", { memory("VmRSS") });

    QRandomGenerator random(1);
    Figures jumps;
    for (int index = 0; index < steps; ++index)
        bench.step(1 + random.bounded(bench.head()), jumps);
    report("slider_jump", "ms", jumps.elapsed);
    report("slider_jump_processor_time", "ms", jumps.worked);

    Figures neighbours;
    const Position middle = bench.head() / 2;
    for (int index = 0; index < steps && middle + index < bench.head(); ++index)
        bench.step(middle + index, neighbours);
    report("slider_step_to_neighbour", "ms", neighbours.elapsed);
    report("slider_step_to_neighbour_processor_time", "ms", neighbours.worked);
    report("memory_after_jumps", "MB", { memory("VmRSS") });
    return 0;
}
