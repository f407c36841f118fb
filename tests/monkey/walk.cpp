#include "monkey/walk.h"

#include "ui/exchange/exchangecontroller.h"

#include <QApplication>
#include <QClipboard>
#include <QPixmapCache>
#include <QTimer>

namespace eventloupe {

namespace {

constexpr int pause = 1; ///< Milliseconds between two steps.
constexpr int look = 5; ///< Milliseconds until a busy program is looked at again.
constexpr int longestWait = 150; ///< Milliseconds for it to be done before the next step.
constexpr int deepest = 5; ///< Dialogs over dialogs.
constexpr int longestInDialog = 40; ///< Steps.
constexpr int stuckAfter = 60; ///< Steps, twenty of which tried to leave.
constexpr int widest = 2600; ///< Pixels of a window; Resize goes up to 1800.
constexpr qint64 longestLeaving = 20'000;
constexpr qint64 longestWork = 60'000;
constexpr qint64 settling = 300;

} // namespace

MonkeyWalk::MonkeyWalk(Scratch& scratch, Witness& witness, quint32 seed)
    : m_scratch(scratch)
    , m_witness(witness)
    , m_chooser(seed, scratch.places())
    , m_performer(m_bench, scratch.work())
{
    QApplication::setQuitOnLastWindowClosed(false);
    // Qt 6.4 keeps the name of each pixmap that was ever in its cache (170 bytes and more), which
    // is not ours to mend, and would be most of what a walk's memory grows by.
    QPixmapCache::setCacheLimit(0);
}

MonkeyWalk::~MonkeyWalk() = default;

void MonkeyWalk::schedule(int milliseconds)
{
    // A timer of its own each time: one that is in its slot does not fire in a dialog's loop.
    QTimer::singleShot(milliseconds, this, [this, chain = m_chain] { turn(chain); });
}

void MonkeyWalk::begin()
{
    ++m_chain;
    m_mode = Mode::Walking;
    schedule(pause);
}

void MonkeyWalk::run(qint64 milliseconds, int rests)
{
    m_clock.start();
    for (int i = 1; i <= rests; ++i) {
        const qint64 until = milliseconds * i / rests;
        begin();
        waitFor([&] { return m_clock.hasExpired(until); }, milliseconds * 2);
        rest();
    }
}

void MonkeyWalk::replay(std::vector<Step> steps)
{
    m_clock.start();
    m_isReplay = true;
    m_replayed = std::move(steps);
    begin();
    waitFor([this] { return m_replayedTo >= m_replayed.size(); },
        static_cast<qint64>(m_replayed.size()) * 1000 + longestLeaving);
    rest();
}

bool MonkeyWalk::waitFor(const std::function<bool()>& isDone, qint64 milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    while (!isDone()) {
        if (timer.hasExpired(milliseconds))
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents, look);
        // As an event loop that was started does; processEvents() alone leaves them.
        if (m_depth == 0)
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        if (m_isRestartDue && m_depth == 0 && m_mode == Mode::Walking)
            restart();
    }
    return true;
}

bool MonkeyWalk::isBusy()
{
    const StoreClient& client = m_bench.workbench().parts().client;
    return client.jobCount(StoreClient::Lane::Interactive) > 0
        || client.jobCount(StoreClient::Lane::Background) > 0
        || client.jobCount(StoreClient::Lane::Scan) > 0;
}

void MonkeyWalk::turn(int chain)
{
    m_witness.beat();
    if (chain != m_chain)
        return;
    // So that the same seed finds the same, as far as that can be.
    if (m_mode == Mode::Walking && isBusy() && m_waited < longestWait) {
        m_waited += look;
        schedule(look);
        return;
    }
    m_waited = 0;
    const auto step = nextStep();
    if (!step) {
        schedule(look);
        return;
    }
    m_witness.noteStep(step->toLine());
    schedule(step->kind == Step::Kind::Wait ? step->number : pause);
    ++m_depth;
    act(*step);
    --m_depth;
}

std::optional<Step> MonkeyWalk::nextStep()
{
    Step leave;
    leave.kind = Step::Kind::Escape;
    QWidget* const top = QApplication::activePopupWidget() ? QApplication::activePopupWidget()
                                                           : QApplication::activeModalWidget();
    m_stepsInTop = top != nullptr && top == m_top ? m_stepsInTop + 1 : 0;
    m_top = top;
    const bool isLeaving = m_mode == Mode::Leaving || m_isRestartDue;
    if (top
        && (isStuck() || isLeaving || m_depth > deepest || m_stepsInTop > longestInDialog))
        return leave;
    if (isLeaving)
        return std::nullopt;
    if (!m_isReplay)
        return m_chooser.next(m_bench.window());
    if (m_replayedTo >= m_replayed.size())
        return std::nullopt;
    return m_replayed[m_replayedTo++];
}

bool MonkeyWalk::isStuck()
{
    if (m_stepsInTop != stuckAfter)
        return false;
    m_witness.noteFault(QStringLiteral("dead end: %1 %2 \"%3\" cannot be left")
                            .arg(QString::fromLatin1(m_top->metaObject()->className()),
                                m_top->objectName(), m_top->windowTitle()));
    return true;
}

/// As one that a long text has stretched.
void MonkeyWalk::noteOversize()
{
    for (const QWidget* const each : QApplication::topLevelWidgets()) {
        if (each->isVisible() && (each->width() > widest || each->height() > widest))
            m_witness.noteFault(QStringLiteral("too large: %1 %2, %3 x %4")
                                    .arg(QString::fromLatin1(each->metaObject()->className()),
                                        each->objectName())
                                    .arg(each->width())
                                    .arg(each->height()));
    }
}

void MonkeyWalk::act(const Step& step)
{
    const bool isDone = m_performer.perform(step);
    ++m_done[isDone ? Step::kindName(step.kind) : QStringLiteral("missed")];
    noteOversize();
    // Also where File > Quit was chosen. Not from within: this may be a dialog of the window.
    if (m_mode == Mode::Walking
        && (step.kind == Step::Kind::Restart || !m_bench.window().isVisible()))
        m_isRestartDue = true;
}

void MonkeyWalk::restart()
{
    m_isRestartDue = false;
    leaveAll();
    m_bench.quit();
    m_bench.start();
    begin();
}

void MonkeyWalk::leaveAll()
{
    m_mode = Mode::Leaving;
    const bool isFree = waitFor(
        [this] {
            return m_depth == 0 && !QApplication::activeModalWidget()
                && !QApplication::activePopupWidget();
        },
        longestLeaving);
    if (!isFree)
        m_witness.noteFault(QStringLiteral("dead end: a dialog does not end"));
}

void MonkeyWalk::close()
{
    auto* const exchange = m_bench.window().findChild<ExchangeController*>();
    exchange->cancel();
    const StoreClient& client = m_bench.workbench().parts().client;
    emit m_bench.window().closeAsked();
    if (!waitFor([&] { return !exchange->isRunning() && !client.isOpen() && !isBusy(); },
            longestWork))
        m_witness.noteFault(QStringLiteral("dead end: the store does not close"));
}

void MonkeyWalk::rest()
{
    leaveAll();
    if (m_isRestartDue)
        restart();
    m_mode = Mode::Leaving;
    close();
    ++m_chain;
    QApplication::clipboard()->clear();
    waitFor([] { return false; }, settling);
    trimHeap();
    m_rests.push_back({ m_clock.elapsed(), residentMemory(), heapInUse(),
        m_bench.window().findChildren<QObject*>().size()
            + QApplication::topLevelWidgets().size() });
    if (qEnvironmentVariableIsSet("EVENTLOUPE_MONKEY_HEAP"))
        printHeap();
    m_scratch.renew();
    emit m_bench.window().openAsked(m_scratch.work() + QStringLiteral("/shop"));
}

} // namespace eventloupe
