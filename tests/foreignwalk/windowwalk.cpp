#include "windowwalk.h"

#include "ui/exchange/exchangecontroller.h"
#include "ui/log/logview.h"
#include "ui/state/statepanel.h"
#include "ui/time/timelineslider.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QDockWidget>
#include <QHeaderView>
#include <QLineEdit>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QWheelEvent>

#include <algorithm>

namespace eventloupe {

namespace {

constexpr int longestPause = 60; ///< Milliseconds between two actions.
constexpr int workLimit = 5'000;

void turnWheel(QWidget& widget, int notches)
{
    const QPointF centre = QRectF(widget.rect()).center();
    QWheelEvent event(centre, widget.mapToGlobal(centre), {}, { 0, notches * 120 }, Qt::NoButton,
        Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&widget, &event);
}

} // namespace

WindowWalk::WindowWalk(QStringList stores, QString scratch, quint32 seed)
    : m_stores(std::move(stores))
    , m_scratch(std::move(scratch))
    , m_random(seed)
{
}

WindowWalk::~WindowWalk() = default;

const std::vector<WindowWalk::Action>& WindowWalk::actions()
{
    static const std::vector<Action> all {
        { "open", 2, &WindowWalk::openAny },
        { "jump", 12, &WindowWalk::jump },
        { "drag", 10, &WindowWalk::drag },
        { "scroll log", 12, &WindowWalk::scrollLog },
        { "scroll streams", 6, &WindowWalk::scrollStreams },
        { "keys", 10, &WindowWalk::pressKeys },
        { "filter", 6, &WindowWalk::filter },
        { "next match", 4, &WindowWalk::stepToMatch },
        { "pick stream", 8, &WindowWalk::pickStream },
        { "search streams", 4, &WindowWalk::searchStreams },
        { "follow cursor", 2, &WindowWalk::followCursor },
        { "tab", 4, &WindowWalk::showTab },
        { "dock", 3, &WindowWalk::showDock },
        { "projection", 4, &WindowWalk::useProjection },
        { "export", 2, &WindowWalk::exportLog },
        { "copy", 1, &WindowWalk::copyLog },
        { "play", 3, &WindowWalk::play },
        { "resize", 1, &WindowWalk::resize },
    };
    return all;
}

void WindowWalk::run(qint64 milliseconds)
{
    int sum = 0;
    for (const Action& action : actions())
        sum += action.weight;
    QElapsedTimer timer;
    timer.start();
    while (!timer.hasExpired(milliseconds)) {
        int ticket = static_cast<int>(m_random.bounded(sum));
        const auto chosen = std::find_if(actions().begin(), actions().end(),
            [&](const Action& action) { return (ticket -= action.weight) < 0; });
        // The first thing is to open something.
        const Action& action = m_isOpen ? *chosen : actions().front();
        (this->*action.act)();
        ++m_done[QString::fromLatin1(action.name)];
        linger();
    }
    m_driver.window().findChild<ExchangeController*>()->cancel();
}

void WindowWalk::linger()
{
    QTest::qWait(m_random.bounded(longestPause));
}

template <class T> T* WindowWalk::seen(const char* name)
{
    auto* const widget = m_driver.window().findChild<T*>(QString::fromLatin1(name));
    return widget != nullptr && widget->isVisible() ? widget : nullptr;
}

template <class T> const T& WindowWalk::oneOf(const QList<T>& list)
{
    return list.at(m_random.bounded(static_cast<quint32>(list.size())));
}

void WindowWalk::type(const char* edit, const QString& text)
{
    if (auto* const field = seen<QLineEdit>(edit)) {
        field->setFocus();
        field->selectAll();
        QTest::keyClick(field, Qt::Key_Delete);
        QTest::keyClicks(field, text);
        QTest::keyClick(field, Qt::Key_Return);
    }
}

void WindowWalk::openAny()
{
    const QString store = oneOf(m_stores);
    const bool hasOpened = m_driver.open(store);
    m_isOpen = m_isOpen || hasOpened;
    if (!hasOpened)
        m_refused.append(store);
}

void WindowWalk::jump()
{
    if (m_driver.head() > 0)
        m_driver.parts().cursor.moveTo(m_random.bounded(m_driver.head() + 1));
}

void WindowWalk::drag()
{
    auto* const slider = seen<TimelineSlider>("timelineSlider");
    if (slider == nullptr || m_driver.head() == 0)
        return;
    const auto place
        = [&] { return slider->pointOf(1 + m_random.bounded(m_driver.head())); };
    QTest::mousePress(slider, Qt::LeftButton, {}, place());
    for (int move = m_random.bounded(12); move >= 0; --move) {
        QTest::mouseMove(slider, place());
        QTest::qWait(m_random.bounded(8));
    }
    QTest::mouseRelease(slider, Qt::LeftButton, {}, place());
}

void WindowWalk::scrollLog()
{
    if (auto* const log = seen<LogView>("logView"))
        for (int turn = m_random.bounded(6); turn >= 0; --turn)
            turnWheel(*log->viewport(), m_random.bounded(-10, 11));
}

void WindowWalk::scrollStreams()
{
    if (auto* const streams = seen<QTableView>("streamView"))
        for (int turn = m_random.bounded(6); turn >= 0; --turn)
            turnWheel(*streams->viewport(), m_random.bounded(-10, 11));
}

void WindowWalk::pressKeys()
{
    static const QList<Qt::Key> keys { Qt::Key_Up, Qt::Key_Down, Qt::Key_PageUp, Qt::Key_PageDown,
        Qt::Key_Home, Qt::Key_End, Qt::Key_Comma, Qt::Key_Period };
    static const QList<Qt::KeyboardModifier> modifiers { Qt::NoModifier, Qt::ControlModifier };
    if (auto* const log = seen<LogView>("logView")) {
        log->setFocus();
        for (int press = m_random.bounded(10); press >= 0; --press)
            QTest::keyClick(log, oneOf(keys), oneOf(modifiers));
    }
}

void WindowWalk::filter()
{
    static const QStringList filters { QString(), QStringLiteral("version > 3"),
        QStringLiteral("type.contains('Added')"), QStringLiteral("has(data.total)"),
        QStringLiteral("position % 7 == 0"), QStringLiteral("stream.endsWith('1')"),
        QStringLiteral("category == 'order' && version == 1"), QStringLiteral("data.qty > 2"),
        QStringLiteral("time > timestamp('2026-02-01T00:00:00Z')"), QStringLiteral("no such(") };
    type("filterEdit", oneOf(filters));
}

void WindowWalk::stepToMatch()
{
    if (m_random.bounded(2) == 0)
        m_driver.parts().filter.moveToNextMatch();
    else
        m_driver.parts().filter.moveToPreviousMatch();
}

void WindowWalk::pickStream()
{
    if (auto* const streams = seen<QTableView>("streamView"))
        QTest::mouseClick(streams->viewport(), Qt::LeftButton, {},
            QPoint(20, m_random.bounded(std::max(streams->viewport()->height(), 1))));
}

void WindowWalk::searchStreams()
{
    static const QStringList texts { QString(), QString(), QStringLiteral("1"),
        QStringLiteral("order"), QStringLiteral("a-"), QStringLiteral("nothing at all") };
    type("streamSearch", oneOf(texts));
}

void WindowWalk::followCursor()
{
    m_driver.parts().subject.follow();
}

void WindowWalk::showTab()
{
    if (auto* const panel = seen<StatePanel>("statePanel"))
        panel->tabs().setCurrentIndex(m_random.bounded(panel->tabs().count()));
}

void WindowWalk::showDock()
{
    const auto docks = m_driver.window().findChildren<QDockWidget*>();
    QDockWidget* const dock = oneOf(docks);
    dock->setVisible(true);
    dock->raise();
}

void WindowWalk::useProjection()
{
    if (auto* const table = seen<QTableView>("projectionView")) {
        auto* const header = table->horizontalHeader();
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
            QPoint(m_random.bounded(std::max(header->width(), 1)), header->height() / 2));
        static const QStringList texts { QString(), QStringLiteral("1"),
            QStringLiteral("events > 2") };
        type("projectionFilter", oneOf(texts));
    } else if (auto* const dock = seen<QDockWidget>("projectionsDock")) {
        dock->raise();
    }
}

void WindowWalk::exportLog()
{
    static const QList<ExchangeFormat> formats { ExchangeFormat::Ndjson, ExchangeFormat::Json,
        ExchangeFormat::Csv };
    auto* const exchange = m_driver.window().findChild<ExchangeController*>();
    if (exchange->isRunning() || m_driver.head() == 0)
        return;
    ExportRequest wanted;
    wanted.file = QDir(m_scratch).filePath(QStringLiteral("export"));
    wanted.format = oneOf(formats);
    wanted.from = 1 + m_random.bounded(m_driver.head());
    exchange->runExport(wanted);
    m_driver.waitFor([&] { return !exchange->isRunning(); }, workLimit);
}

void WindowWalk::copyLog()
{
    auto* const exchange = m_driver.window().findChild<ExchangeController*>();
    if (exchange->isRunning() || m_driver.head() == 0)
        return;
    CopyRequest wanted;
    wanted.to = QDir(m_scratch).filePath(QStringLiteral("copy.eventlog"));
    for (const char* suffix : { "", "-wal", "-shm", ".head" })
        QFile::remove(wanted.to + QLatin1String(suffix));
    exchange->runCopy(wanted);
    m_driver.waitFor([&] { return !exchange->isRunning(); }, workLimit);
}

void WindowWalk::play()
{
    Playback& playback = m_driver.parts().playback;
    if (m_random.bounded(2) == 0)
        playback.play();
    else
        playback.playBackwards();
    playback.setSpeed(Playback::fastest);
    QTest::qWait(m_random.bounded(400));
    playback.pause();
}

void WindowWalk::resize()
{
    m_driver.window().resize(m_random.bounded(1024, 1600), m_random.bounded(700, 1000));
}

} // namespace eventloupe
