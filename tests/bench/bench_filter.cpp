// Measures filters over a whole log, each figure one JSON object a line:
//     bench_filter STORE [ROUNDS]
// For each expression: until the first match is a row of the model, until all of the log was looked
// at, events a second, the longest pause of this thread's event loop meanwhile, and until the
// threads are free again after the filter was taken away in the middle.

#include "benchfigures.h"
#include "log/eventlogmodel.h"
#include "log/logfilter.h"
#include "time/timecursor.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QTimer>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <vector>

using namespace eventloupe;

namespace {

constexpr int visibleRows = 40;
constexpr int usualRounds = 5;
constexpr int cancelAfterMilliseconds = 60;

struct NamedFilter {
    const char* name;
    const char* expression;
};
constexpr std::array<NamedFilter, 10> filters { {
    { "field", "data.amount > 4990.0" },
    { "dense_field", "data.amount > 100.0" },
    { "last_field", "data.note == 'ordinary'" },
    { "type_and_field", "type == 'ORDER_PLACED' && data.amount > 100" },
    { "frequent_type_and_field", "type == 'MONEY_DEPOSITED' && data.amount > 4990" },
    { "type", "type == 'MONEY_DEPOSITED'" },
    { "stream", "stream == 'user-2'" },
    { "category_and_field", "category == 'order' && data.amount > 4990" },
    { "missing_field", "data.nothing == 1" },
    { "metadata", "metadata.correlationId == 'c-7'" },
} };

double milliseconds(const QElapsedTimer& clock)
{
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

/// What one expression took, over the rounds.
struct Figures {
    std::vector<double> first;
    std::vector<double> all;
    std::vector<double> rate;
    std::vector<double> pause;
    std::vector<double> cancel;
};

class Bench {
public:
    bool open(const QString& location)
    {
        m_client.open(location, OpenMode::ReadOnly);
        bool hasFailed = false;
        QObject::connect(&m_client, &StoreClient::failed, &m_client, [&](const Error& error) {
            std::fprintf(stderr, "bench_filter: %s\n", qPrintable(error.message));
            hasFailed = true;
        });
        while (!m_client.isOpen() && !hasFailed)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        m_cursor.setHead(m_client.head());
        QObject::connect(&m_heart, &QTimer::timeout, &m_heart, [this] {
            m_pause = std::max(m_pause, milliseconds(m_beat) - 1);
            m_beat.restart();
        });
        m_heart.setTimerType(Qt::PreciseTimer);
        m_heart.start(1);
        m_beat.start();
        return !hasFailed && m_client.head() > 0;
    }

    void measure(const NamedFilter& named, int rounds)
    {
        Figures figures;
        for (int round = 0; round < rounds; ++round) {
            // Somewhere else each time; the last one at the head.
            m_cursor.moveTo(m_client.head() * (round + 1) / rounds);
            scan(named, figures);
            cancel(named, figures);
        }
        const std::string name = std::string("filter_") + named.name;
        report(name + "_first_match", "ms", figures.first);
        report(name + "_all", "ms", figures.all);
        report(name + "_speed", "events/s", figures.rate, Better::Higher);
        report(name + "_longest_pause", "ms", figures.pause);
        report(name + "_cancel", "ms", figures.cancel);
        report(name + "_matches", "events", { static_cast<double>(m_matches) });
    }

private:
    void scan(const NamedFilter& named, Figures& figures)
    {
        QElapsedTimer clock;
        clock.start();
        double first = 0;
        m_pause = 0;
        m_beat.restart();
        m_filter.setExpression(QString::fromUtf8(named.expression));
        while (!m_filter.isComplete()) {
            // What a view would ask for, as matches come in around the cursor.
            const int row = std::max(0, m_model.rowOf(m_cursor.position()) - visibleRows / 2);
            m_model.prefetch(row, visibleRows);
            if (first == 0 && m_model.rowCount() > 0)
                first = milliseconds(clock);
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
        const double all = milliseconds(clock);
        m_matches = m_filter.matchCount();
        figures.first.push_back(first == 0 ? all : first);
        figures.all.push_back(all);
        figures.rate.push_back(static_cast<double>(m_filter.scannedCount()) / all * 1000);
        figures.pause.push_back(m_pause);
        m_filter.clear();
    }

    void cancel(const NamedFilter& named, Figures& figures)
    {
        m_filter.setExpression(QString::fromUtf8(named.expression));
        QElapsedTimer clock;
        clock.start();
        while (clock.elapsed() < cancelAfterMilliseconds && !m_filter.isComplete())
            QCoreApplication::processEvents();
        clock.restart();
        m_filter.clear();
        int waiting = StoreClient::scanWidth();
        for (int i = 0; i < StoreClient::scanWidth(); ++i)
            m_client.run<int>(
                StoreClient::Lane::Scan, &m_client,
                [](EventStore&, const CancelToken&) { return Result<int>(0); },
                [&waiting](const Result<int>&) { --waiting; });
        while (waiting > 0)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        figures.cancel.push_back(milliseconds(clock));
    }

    StoreClient m_client;
    TimeCursor m_cursor;
    EventLogModel m_model { m_client };
    LogFilter m_filter { m_client, m_cursor, m_model };
    qint64 m_matches = 0;
    QTimer m_heart; ///< Beats each millisecond, unless the event loop is held up.
    QElapsedTimer m_beat;
    double m_pause = 0;
};

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2) {
        std::fputs("bench_filter STORE [ROUNDS] [NAME]\n", stderr);
        return 2;
    }
    Bench bench;
    if (!bench.open(arguments.at(1)))
        return 1;
    const int rounds = std::max(arguments.value(2, QString::number(usualRounds)).toInt(), 1);
    for (const NamedFilter& named : filters)
        if (arguments.size() < 4 || arguments.at(3) == QLatin1String(named.name))
            bench.measure(named, rounds);
    return 0;
}
