// MainWindow: branches of the log that is open.

#include "branch/branchfindings.h"
#include "branch/branchsession.h"
#include "state/subject.h"
#include "store/storeclient.h"
#include "time/playback.h"
#include "time/timecursor.h"
#include "ui/base/infobar.h"
#include "ui/base/plaintext.h"
#include "ui/branch/branchactions.h"
#include "ui/branch/branchbanner.h"
#include "ui/branch/branchpanel.h"
#include "ui/branch/branchtexts.h"
#include "ui/command/commandpanel.h"
#include "ui/exchange/exchangecontroller.h"
#include "ui/log/logpanel.h"
#include "ui/log/logview.h"
#include "ui/state/streamlistview.h"
#include "ui/window/mainwindow.h"
#include "ui/window/placekeeper.h"
#include "ui/window/statusarea.h"
#include "ui/window/windowdocks.h"

#include <QAction>
#include <QBoxLayout>
#include <QDockWidget>
#include <QMenu>
#include <QToolBar>

#include <utility>

namespace eventloupe {

namespace {

/// What the log says of a branch's events.
EventNote noteAt(const BranchOverlay& overlay, const BranchWatch& watch, Position position)
{
    EventNote note;
    if (position < 1 || position > overlay.head())
        return note;
    const auto source = overlay.positions().sourceOf(position);
    note.isOwn = source.isInserted;
    note.text = watch.reasonAt(position);
    note.isWarning = !note.text.isEmpty();
    if (note.isOwn && !note.isWarning)
        note.text = overlay.inserted()[static_cast<std::size_t>(source.number)].place.isInserted()
            ? MainWindow::tr("on this branch alone")
            : MainWindow::tr("changed on this branch");
    return note;
}

} // namespace

void MainWindow::connectBranch()
{
    BranchSession& session = m_parts.branch;
    auto* actions = new BranchActions(m_parts.client, session, m_parts.cursor, this);
    auto* banner = new BranchBanner(actions->bannerActions(), this);
    auto* panel = new BranchPanel(session, m_parts.branchWatch, this);
    // Over all of the window's width, below the tools.
    addToolBarBreak(Qt::TopToolBarArea);
    auto* bar = addToolBar(tr("Branch"));
    bar->setObjectName(QStringLiteral("branchBar"));
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->addWidget(banner);
    bar->hide();
    auto* dock = m_docks->addPanel(
        panel, QStringLiteral("branchDock"), tr("Branch"), Qt::RightDockWidgetArea);
    m_inspect->addSeparator();
    m_inspect->addMenu(actions->menu());

    connect(&m_log->view(), &LogView::menuOpening, actions,
        [actions](QMenu& menu, const Event& event) { actions->fillMenu(menu, event); });
    connect(m_streams, &StreamListView::menuOpening, actions,
        [actions](QMenu& menu, const QString& stream) { actions->fillMenu(menu, stream); });
    connect(actions, &BranchActions::compareAsked, this, [dock, panel] {
        WindowDocks::bringUp(*dock);
        panel->showFirstDifference();
    });
    connect(actions, &BranchActions::exportAsked, this, [this] {
        m_exchange->exportLog(
            { {}, m_parts.subject.stream(), m_parts.cursor.position(), m_parts.cursor.head() });
    });
    connect(actions, &BranchActions::said, this, &MainWindow::say);
    const auto tell = [this](const Error& error) {
        m_info->show(InfoBar::Kind::Warning, visibleText(error.message));
        m_status->say(error.message);
    };
    connect(actions, &BranchActions::failed, this, tell);
    connect(&m_parts.branchWatch, &BranchWatch::failed, this,
        [this](const Error& error) { m_status->say(error.message); });
    connect(panel, &BranchPanel::positionAsked, &m_parts.cursor, &TimeCursor::moveTo);
    connect(panel, &BranchPanel::streamAsked, &m_parts.subject, &Subject::pin);
    connect(&session, &BranchSession::reopening, this, [this] {
        m_parts.playback.pause();
        m_keeper->keep();
    });
    const auto show = [this, banner, bar] {
        showBranch(*banner);
        bar->setVisible(!banner->text().isEmpty());
    };
    connect(m_docks, &WindowDocks::restored, this, show); // A kept layout may have the bar in it.
    connect(&session, &BranchSession::changed, this, show);
    connect(&session, &BranchSession::mainGrew, this, show);
    connect(&m_parts.branchWatch, &BranchWatch::changed, this, show);
    connect(m_commands, &CommandPanel::branchAsked, this, [this](Position position) {
        m_issuesOnBranch = true;
        m_parts.branch.beginAt(position);
    });
    connect(&session, &BranchSession::failed, this, [this] { m_issuesOnBranch = false; });
    connectLeftBranch(*actions);
}

/// A branch that was left can be returned to, which a bar of its own says.
void MainWindow::connectLeftBranch(const BranchActions& actions)
{
    auto* bar = new InfoBar(this);
    bar->setObjectName(QStringLiteral("leftBranchBar"));
    qobject_cast<QBoxLayout*>(centralWidget()->layout())->insertWidget(0, bar);
    connect(&m_parts.branch, &BranchSession::left, this, [this, bar] {
        if (!m_parts.branch.canReturn())
            return;
        m_commands->takeBackIssued(); // It is not stored.
        m_keeper->keep();
        bar->show(
            InfoBar::Kind::Information, leftText(m_parts.branch), tr("Return to the Branch"));
    });
    connect(bar, &InfoBar::actionTriggered, actions.returnAction(), &QAction::trigger);
    connect(&m_parts.branch, &BranchSession::changed, bar, [this, bar] {
        if (!m_parts.branch.canReturn())
            bar->hide();
    });
}

void MainWindow::showBranch(BranchBanner& banner)
{
    const BranchSession& session = m_parts.branch;
    const auto overlay = session.overlay();
    m_commands->setOnBranch(session.isActive());
    if (!session.isActive()) {
        m_issuesOnBranch = false; // Of a branch that did not come about.
        banner.setText({});
        m_log->view().setNotes({});
        return;
    }
    const QString since = mainSinceText(session.mainSince());
    banner.setText(branchText(session) + (since.isEmpty() ? QString() : u' ' + since));
    if (!overlay)
        return;
    setWindowTitle(tr("%1 — on a branch — Eventloupe").arg(m_storeName));
    m_log->view().setNotes([overlay, watch = &m_parts.branchWatch](Position position) {
        return noteAt(*overlay, *watch, position);
    });
    if (std::exchange(m_issuesOnBranch, false)) {
        m_parts.cursor.moveToHead();
        m_commands->issue();
    }
}

} // namespace eventloupe
