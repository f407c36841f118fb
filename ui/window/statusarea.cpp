#include "ui/window/statusarea.h"

#include "ui/base/figures.h"
#include "ui/base/icons.h"
#include "ui/base/plaintext.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QKeyEvent>
#include <QProgressBar>
#include <QStatusBar>
#include <QToolButton>

#include <initializer_list>

namespace eventloupe {

namespace {

constexpr int progressSteps = 1000;
constexpr int tickMilliseconds = 1000;
constexpr int readingMilliseconds = 3000;

/// Whether somebody presses a mouse button or a key that does something. Keys of shortcuts come as
/// no more than the question whether a widget wants them first.
bool isAction(const QEvent& event)
{
    if (event.type() == QEvent::MouseButtonPress)
        return true;
    if (event.type() != QEvent::KeyPress && event.type() != QEvent::ShortcutOverride)
        return false;
    switch (static_cast<const QKeyEvent&>(event).key()) {
    case Qt::Key_Shift:
    case Qt::Key_Control:
    case Qt::Key_Alt:
    case Qt::Key_AltGr:
    case Qt::Key_Meta:
        return false;
    default:
        return true;
    }
}

QString countsText(qint64 events, const Counting& counting)
{
    if (!counting.isUnderWay)
        return eventsText(events);
    if (counting.about > events)
        return StatusArea::tr("%1 of about %2 events (indexing)")
            .arg(countText(events), countText(counting.about));
    return StatusArea::tr("%1 so far (indexing)").arg(eventsText(events));
}

} // namespace

StatusArea::StatusArea(QStatusBar& bar)
    : QObject(&bar)
    , m_message(new PlainLabel(&bar))
    , m_task(new PlainLabel(&bar))
    , m_progress(new QProgressBar(&bar))
    , m_cancel(new QToolButton(&bar))
    , m_counts(new PlainLabel(&bar))
    , m_mode(new PlainLabel(&bar))
    , m_store(new PlainLabel(&bar))
    , m_trouble(new PlainLabel(&bar))
    , m_try(new QToolButton(&bar))
    , m_reading(new QTimer(this))
{
    m_message->setObjectName(QStringLiteral("statusMessage"));
    m_message->setElided(true);
    m_message->setContentsMargins(6, 0, 6, 0);
    m_progress->setFixedWidth(160);
    m_progress->setMaximumHeight(14);
    m_progress->setTextVisible(false);
    m_cancel->setObjectName(QStringLiteral("cancelButton"));
    m_cancel->setText(tr("Cancel"));
    m_cancel->setAutoRaise(true);
    m_cancel->setIcon(icon(Symbol::Clear));
    m_cancel->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_counts->setObjectName(QStringLiteral("statusCounts"));
    m_mode->setObjectName(QStringLiteral("statusMode"));
    m_trouble->setObjectName(QStringLiteral("statusTrouble"));
    m_try->setObjectName(QStringLiteral("tryNowButton"));
    m_try->setText(tr("Try now"));
    m_try->setAutoRaise(true);
    for (auto* label : { m_counts, m_mode, m_store, m_trouble })
        label->setContentsMargins(6, 0, 6, 0);
    bar.addWidget(m_message, 1);
    bar.addPermanentWidget(m_trouble);
    bar.addPermanentWidget(m_try);
    connect(m_try, &QToolButton::clicked, this, &StatusArea::tryAsked);
    m_tick.setInterval(tickMilliseconds);
    connect(&m_tick, &QTimer::timeout, this, &StatusArea::showLoss);
    for (QWidget* widget :
        std::initializer_list<QWidget*> { m_task, m_progress, m_cancel, m_counts, m_mode, m_store })
        bar.addPermanentWidget(widget);
    connect(m_cancel, &QToolButton::clicked, this, &StatusArea::cancelAsked);
    m_reading->setObjectName(QStringLiteral("readingTimer"));
    m_reading->setSingleShot(true);
    m_reading->setInterval(readingMilliseconds);
    connect(m_reading, &QTimer::timeout, this, [this] {
        if (m_isOutdated)
            showMessage({});
    });
    qApp->installEventFilter(this);
    hideProgress();
    showNoStore();
}

void StatusArea::say(const QString& message)
{
    showMessage(message);
    m_mayGo = !message.isEmpty();
    if (m_mayGo)
        m_reading->start();
}

void StatusArea::sayUntilNext(const QString& message)
{
    showMessage(message);
}

void StatusArea::showMessage(const QString& message)
{
    m_reading->stop();
    m_mayGo = false;
    m_isOutdated = false;
    // A message may quote a payload or a file name.
    m_message->setText(visibleText(message));
    m_message->setToolTip(plainToolTip(m_message->text()));
}

/// Of the whole program.
bool StatusArea::eventFilter(QObject* watched, QEvent* event)
{
    if (m_mayGo && isAction(*event)) {
        if (m_reading->isActive())
            m_isOutdated = true;
        else
            showMessage({});
    }
    return QObject::eventFilter(watched, event);
}

void StatusArea::showProgress(const QString& what, qint64 done, qint64 total)
{
    m_task->setText(what);
    m_progress->setAccessibleName(what);
    m_progress->setRange(0, total > 0 ? progressSteps : 0);
    if (total > 0)
        m_progress->setValue(static_cast<int>(
            static_cast<double>(done) / static_cast<double>(total) * progressSteps));
    for (QWidget* widget : std::initializer_list<QWidget*> { m_task, m_progress, m_cancel })
        widget->show();
}

void StatusArea::hideProgress()
{
    for (QWidget* widget : std::initializer_list<QWidget*> { m_task, m_progress, m_cancel })
        widget->hide();
}

void StatusArea::showStore(
    const QString& location, const QString& readOnlyReason, const StoreFacts& facts)
{
    m_readOnlyReason = readOnlyReason;
    m_fault.clear();
    m_faultTip.clear();
    m_library = facts.library;
    m_server = {};
    m_store->setText(visibleText(QFileInfo(location).fileName()));
    m_store->setToolTip(plainToolTip(QDir::toNativeSeparators(location)));
    for (auto* label : { m_counts, m_store })
        label->show();
    showStatus({}, {});
}

void StatusArea::showFault(const QString& word, const QString& tip)
{
    m_fault = word;
    m_faultTip = tip;
    showMode();
}

void StatusArea::showNoStore()
{
    showStatus({}, {});
    for (auto* label : { m_counts, m_mode, m_store })
        label->hide();
}

void StatusArea::showCounts(qint64 events, qint64 streams, const Counting& counting)
{
    m_counts->setText(
        tr("%1, %2 at the cursor").arg(countsText(events, counting), streamsText(streams)));
    m_counts->setToolTip(counting.isUnderWay
            ? tr("The events are being counted; what is counted can be looked at already")
            : tr("Events in the log, and streams that exist at the cursor"));
}

void StatusArea::showStatus(
    const StoreStatus& status, const QString& trouble, const QDeadlineTimer& nextTry)
{
    m_nextTry = nextTry;
    const bool wasLost = !m_lost.isEmpty();
    m_lost = trouble;
    if (!status.server.name.isEmpty())
        m_server = status.server;
    showMode();
    if (!wasLost && !trouble.isEmpty()) {
        m_lostSince.start();
        m_tick.start();
    } else if (trouble.isEmpty()) {
        m_tick.stop();
    }
    showLoss();
}

void StatusArea::showMode()
{
    m_mode->setText(!m_lost.isEmpty() ? tr("reconnecting…") : modeText());
    m_mode->setAccessibleDescription(m_faultTip);
    QStringList tips;
    for (const QString& tip : { m_faultTip, m_readOnlyReason, m_server.name, m_server.version,
             m_server.isStandby ? tr("standby") : QString(), m_server.transport })
        if (!tip.isEmpty() && !tips.contains(visibleText(tip)))
            tips.append(visibleText(tip));
    m_mode->setToolTip(plainToolTip(tips.join(u'\n')));
}

/// What the store is, and what may be done with it.
QString StatusArea::modeText() const
{
    if (!m_fault.isEmpty())
        return m_library.isEmpty() ? tr("⚠ %1").arg(m_fault)
                                   : tr("⚠ %1, %2").arg(visibleText(m_library), m_fault);
    if (!m_library.isEmpty())
        return tr("%1, read-only, opened as it is").arg(visibleText(m_library));
    if (m_readOnlyReason.isEmpty())
        return tr("writable");
    return m_server.isStandby ? tr("standby: read-only") : tr("read-only");
}

void StatusArea::showLoss()
{
    const bool isLost = !m_lost.isEmpty();
    constexpr qint64 second = 1000;
    if (isLost) {
        const QString server = m_server.name.isEmpty() ? tr("the server") : m_server.name;
        const qint64 left = (m_nextTry.remainingTime() + second - 1) / second;
        const QString again
            = left > 0 ? tr("trying again in %1 s").arg(left) : tr("trying again…");
        m_trouble->setText(
            tr("⚠ %1 lost %2 s ago, %3")
                .arg(server, QString::number(m_lostSince.elapsed() / second), again));
        m_trouble->setToolTip(plainToolTip(visibleText(m_lost)));
    }
    m_trouble->setVisible(isLost);
    // What it is about is told, and there is room for it in a small window.
    m_mode->setVisible(!isLost && !m_store->isHidden());
    m_try->setVisible(isLost);
}

} // namespace eventloupe
