#include "windowdriver.h"

#include "app/gui.h"
#include "ui/log/logview.h"

#include <QCoreApplication>
#include <QEvent>
#include <QRandomGenerator>
#include <QTimer>

namespace eventloupe {

namespace {

constexpr qint64 longestWork = 20'000; ///< Milliseconds.

} // namespace

WindowDriver::WindowDriver()
    : m_window(std::make_unique<MainWindow>(m_workbench.parts(), m_session))
{
    joinWindow(m_workbench, *m_window);
    m_window->findChild<LogView*>(QStringLiteral("logView"))->viewport()->installEventFilter(this);
    connect(&m_workbench.parts().frame, &CursorFrame::shown, this,
        [this] { m_paintsBefore = m_paints; });
    m_window->resize(1440, 900);
    m_window->show();
}

WindowDriver::~WindowDriver() = default;

bool WindowDriver::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Paint)
        ++m_paints;
    return QObject::eventFilter(watched, event);
}

bool WindowDriver::open(const QString& location)
{
    bool hasFailed = false;
    bool isOpen = false;
    connect(&m_workbench, &Workbench::failed, this, [&] { hasFailed = true; });
    connect(&m_workbench, &Workbench::opened, this, [&] { isOpen = true; });
    m_workbench.open(location);
    waitFor([&] { return isOpen || hasFailed; });
    disconnect(&m_workbench, nullptr, this, nullptr);
    return isOpen;
}

bool WindowDriver::create(const QString& file)
{
    m_workbench.createStore(file);
    waitFor([&] { return parts().client.isOpen() && parts().client.location() == file; }, 10'000);
    return parts().client.isOpen();
}

void WindowDriver::waitFor(const std::function<bool()>& isDone, int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    while (!isDone() && !timer.hasExpired(milliseconds))
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

bool WindowDriver::isShown()
{
    const auto now = parts();
    const Position position = now.cursor.position();
    const int row = now.log.rowOf(position);
    return !now.frame.isBehind() && now.state.view()->position == position
        && !now.state.view()->foldedTo && now.streams.position() == position && row >= 0
        && now.log.eventAt(row) && m_paints > m_paintsBefore;
}

void WindowDriver::settle()
{
    waitFor([this] { return isShown(); });
    QCoreApplication::processEvents();
}

double WindowDriver::step(Position position)
{
    QElapsedTimer timer;
    timer.start();
    parts().cursor.moveTo(position);
    settle();
    const double taken = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    // What follows in the background (headlines, density) is not part of the step.
    QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
    return taken;
}

template <class T>
T WindowDriver::ask(std::function<Result<T>(EventStore&, const CancelToken&)> job)
{
    T value {};
    bool isDone = false;
    parts().client.run<T>(
        StoreClient::Lane::Interactive, this, std::move(job), [&](const Result<T>& answer) {
            if (answer)
                value = *answer;
            isDone = true;
        });
    waitFor([&] { return isDone; });
    return value;
}

QString WindowDriver::streamOfLength(StreamVersion least, StreamVersion most)
{
    return ask<QString>([head = head(), least, most](
                            EventStore& store, const CancelToken&) -> Result<QString> {
        const auto count = store.streamCountAt(head);
        if (!count)
            return count.error();
        constexpr int page = 256;
        for (StreamId first = std::max<StreamId>(*count / 8, 1); first <= *count; first += page) {
            const auto streams = store.streamsAt(head, first, page);
            if (!streams)
                return streams.error();
            for (const StreamAt& stream : *streams)
                if (stream.version >= least && stream.version <= most)
                    return stream.info.name;
        }
        return QString();
    });
}

std::vector<Position> WindowDriver::randomVersions(const QString& stream, int count)
{
    return ask<std::vector<Position>>(
        [stream, count](EventStore& store, const CancelToken&) -> Result<std::vector<Position>> {
            std::vector<Position> positions;
            const auto info = store.findStream(stream);
            if (!info || !*info)
                return positions;
            QRandomGenerator random(2);
            for (int i = 0; i < count; ++i) {
                const auto position
                    = store.positionOf((*info)->id, 1 + random.bounded((*info)->headVersion));
                if (!position)
                    return position.error();
                positions.push_back(*position);
            }
            return positions;
        });
}

std::vector<Position> WindowDriver::versionsBefore(const QString& stream, int count)
{
    return ask<std::vector<Position>>(
        [stream, count](EventStore& store, const CancelToken&) -> Result<std::vector<Position>> {
            std::vector<Position> positions;
            const auto info = store.findStream(stream);
            if (!info || !*info)
                return positions;
            const StreamVersion middle = (*info)->headVersion / 2;
            for (StreamVersion version = middle;
                 version > std::max<StreamVersion>(middle - count, 0); --version) {
                const auto position = store.positionOf((*info)->id, version);
                if (!position)
                    return position.error();
                positions.push_back(*position);
            }
            return positions;
        });
}

std::vector<double> WindowDriver::pausesWhile(const std::function<bool()>& isDone)
{
    std::vector<double> pauses;
    QElapsedTimer whole;
    QElapsedTimer turn;
    QTimer heart;
    heart.setTimerType(Qt::PreciseTimer);
    connect(&heart, &QTimer::timeout, this,
        [&] { pauses.push_back(static_cast<double>(turn.nsecsElapsed()) / 1e6), turn.start(); });
    whole.start();
    turn.start();
    heart.start(1);
    while (!isDone() && !whole.hasExpired(longestWork))
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return pauses;
}

} // namespace eventloupe
