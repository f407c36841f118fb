// MainWindow: what is open, what is shown of it, and what comes back at the next start.

#include "branch/branchsession.h"
#include "domain/projection.h"
#include "domain/workspacechecker.h"
#include "projection/projectionmodel.h"
#include "report/recenterrors.h"
#include "report/storereport.h"
#include "store/filetarget.h"
#include "store/storeclient.h"
#include "time/marks.h"
#include "time/playback.h"
#include "time/timecursor.h"
#include "ui/base/icons.h"
#include "ui/base/infobar.h"
#include "ui/base/plaintext.h"
#include "ui/command/commandpanel.h"
#include "ui/command/examplesdialog.h"
#include "ui/domain/domainpanel.h"
#include "ui/exchange/exchangecontroller.h"
#include "ui/log/filterbar.h"
#include "ui/log/logpanel.h"
#include "ui/log/logview.h"
#include "ui/state/statepanel.h"
#include "ui/state/streamlistview.h"
#include "ui/window/domaindock.h"
#include "ui/window/filemenu.h"
#include "ui/window/mainwindow.h"
#include "ui/window/navigationmenu.h"
#include "ui/window/placekeeper.h"
#include "ui/window/problemsdialog.h"
#include "ui/window/session.h"
#include "ui/window/statusarea.h"
#include "ui/window/viewmenu.h"
#include "ui/window/welcomepage.h"
#include "ui/window/windowdocks.h"
#include "value/aside.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QScreen>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QToolBar>

namespace eventloupe {

namespace {

constexpr QSize firstSize { 1280, 800 };

/// The one local file or folder that is dragged; empty for anything else.
QString pathOf(const QMimeData& data)
{
    const auto urls = data.urls();
    return urls.size() == 1 && urls.first().isLocalFile() ? urls.first().toLocalFile() : QString();
}

bool isStoreOrWorkspace(const QString& path)
{
    const QFileInfo info(path);
    return info.isDir() || info.suffix() == QLatin1String("eventlog")
        || info.fileName() == QLatin1String("workspace.json") || isDatabase(path);
}

} // namespace

void MainWindow::showOpening(const QString& location)
{
    m_info->dismiss();
    m_problems->dismiss();
    m_status->sayUntilNext(tr("Opening %1…").arg(QDir::toNativeSeparators(location)));
}

void MainWindow::showStore(
    const QString& location, const std::shared_ptr<const Workspace>& workspace)
{
    m_workspace = workspace;
    m_kept.clear();
    m_gone.clear();
    m_failure.clear();
    m_reloadTold.clear();
    m_hadFailures = false;
    const auto name
        = workspace->name().isEmpty() ? QFileInfo(location).completeBaseName() : workspace->name();
    const StoreFacts& facts = m_parts.client.facts();
    m_storeName = titleText(name);
    setWindowTitle(facts.library.isEmpty()
            ? tr("%1 — Eventloupe").arg(m_storeName)
            : tr("%1 — %2, read-only — Eventloupe").arg(m_storeName, titleText(facts.library)));
    setStoreVisible(true);
    m_docks->fitCommands(!workspace->commands().isEmpty());
    m_docks->fitProjections(!workspace->projections().isEmpty());
    m_domain->setWorkspace(workspace);
    const auto readOnly = m_parts.client.readOnlyReason();
    m_file->setStore(true, readOnly.isEmpty());
    m_commands->setStore(
        { true, readOnly, facts.library, !m_parts.client.openingFault().isEmpty() });
    m_status->showStore(m_parts.branch.mainLocation(), readOnly, facts);
    m_status->showStatus(
        m_parts.client.status(), m_parts.client.trouble(), m_parts.client.nextTry());
    m_status->say(tr("Opened %1").arg(QDir::toNativeSeparators(location)));
    showConditions();
    showCounts();
    m_marks->close(); // What comes back is another log's.
    m_keeper->restore(location);
    openMarks(location);
    m_file->setRecent(m_session.recent());
    m_session.setText(QStringLiteral("open"), location);
    m_parts.projections.choose(m_session.text(QStringLiteral("projection")));
    m_session.save();
    warn(m_session.takeTrouble());
    readTypes();
    m_log->view().setFocus();
}

void MainWindow::showNothing()
{
    m_workspace.reset();
    m_domain->setWorkspace(Workspace::empty());
    setWindowTitle(tr("Eventloupe"));
    setStoreVisible(false);
    m_info->dismiss();
    m_problems->dismiss();
    m_file->setStore(false, false);
    m_commands->setStore({});
    m_status->showNoStore();
    m_status->say({});
    m_session.setText(QStringLiteral("open"), {});
    m_welcome->setRecent(m_session.recent());
    m_file->setRecent(m_session.recent());
}

void MainWindow::showFailure(const Error& error)
{
    m_errors->note(error);
    m_domain->stay();
    if (!m_parts.client.isOpen())
        showNothing();
    else if (m_workspace)
        showProblems(); // Of the store that stays open.
    m_failure = visibleText(error.message);
    const bool isReplaced = m_parts.client.isReplaced();
    if (isReplaced)
        showDamage();
    const QString& store = m_parts.branch.mainLocation();
    if (error.code == ErrorCode::Corrupt && m_parts.client.isOpen() && !isReplaced
        && isDamaged(store) && error.message.startsWith(store))
        showConditions(); // Which has what to do about it.
    else
        m_info->show(
            InfoBar::Kind::Failure, m_failure, isReplaced ? tr("Open Again") : QString());
    if (m_examples)
        m_checker->check();
    m_status->say(error.message);
}

void MainWindow::showConditions()
{
    const auto fault = m_parts.client.openingFault();
    const auto readOnly = m_parts.client.readOnlyReason();
    showDamage();
    if (m_parts.client.isReplaced()) { // Which is said, and stays.
        showProblems();
        return;
    }
    if (!fault.isEmpty())
        m_info->show(InfoBar::Kind::Failure, visibleText(fault), tr("Verify…"));
    else if (isDamaged(m_parts.branch.mainLocation()))
        m_info->show(InfoBar::Kind::Failure,
            m_parts.client.facts().library.isEmpty()
                ? tr("The file is damaged: what cannot be read is shown as lost, and it takes no "
                     "new events. Verify… names what is lost, and Repair To… there copies what is "
                     "sound.")
                : tr("The file is damaged: what cannot be read of it is missing here, or shown as "
                     "nothing. Verifying names what is wrong."),
            tr("Verify…"));
    else if (const auto missing = m_parts.client.facts().advice.size(); missing > 0)
        m_info->show(InfoBar::Kind::Information,
            missing == 1 ? tr("An index is missing that would make this store faster to read.")
                         : tr("%1 indexes are missing that would make this store faster to read.")
                               .arg(missing),
            tr("Details"));
    else if (!readOnly.isEmpty() && m_parts.client.facts().library.isEmpty())
        m_info->show(InfoBar::Kind::Information, tr("Read-only: %1").arg(visibleText(readOnly)));
    else
        m_info->dismiss();
    showProblems();
}

void MainWindow::showCounts()
{
    m_status->showCounts(m_parts.cursor.head(), m_streamCount, m_parts.client.status().counting);
}

void MainWindow::setStoreVisible(bool visible)
{
    m_pages->setCurrentWidget(visible ? static_cast<QWidget*>(m_log) : m_welcome);
    // The docks first: the layout that they keep has the tool bars in it.
    m_docks->setOpen(visible);
    m_domainDock->setOpen(visible);
    m_toolBar->setVisible(visible);
    m_timelineBar->setVisible(visible);
    m_navigation->setStoreOpen(visible);
}

void MainWindow::makeSample(const QString& templateName)
{
    const auto base = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + QStringLiteral("/eventloupe/samples/");
    const auto folder = base + templateName;
    runAside(
        this, [folder] { return QFileInfo::exists(folder + QStringLiteral("/workspace.json")); },
        [this, folder, templateName](bool exists) {
            if (exists)
                leaveThen([this, folder] { emit openAsked(folder); });
            else
                leaveThen(
                    [this, folder, templateName] { emit newWorkspaceAsked(folder, templateName); });
        });
}

void MainWindow::setTheme(ThemeMode mode)
{
    m_session.setText(QStringLiteral("theme"), themeModeName(mode));
    m_view->setTheme(mode);
    applyTheme(mode);
}

void MainWindow::resetLayout()
{
    m_log->resetLayout();
    m_streams->resetLayout();
    m_state->resetLayout();
    m_docks->reset();
    m_domainDock->reset();
}

void MainWindow::restoreWindow()
{
    setWindowTitle(tr("Eventloupe"));
    setWindowIcon(applicationIcon());
    setTheme(themeModeFromName(m_session.text(QStringLiteral("theme"))));
    resize(firstSize.boundedTo(screen()->availableSize()));
    restoreGeometry(m_session.bytes(QStringLiteral("window/geometry")));
    m_docks->restoreState(m_session.bytes(QStringLiteral("window/docks")));
    m_docks->setProjectionsHidden(
        !m_session.text(QStringLiteral("window/noProjections")).isEmpty());
    const auto restore = [this](const char* key, auto& panel) {
        const auto layout = m_session.bytes(QLatin1String(key));
        if (!layout.isEmpty())
            panel.restoreLayout(layout);
    };
    restore("window/log", *m_log);
    restore("window/streams", *m_streams);
    restore("window/state", *m_state);
    m_state->tabs().setCurrentIndex(m_session.text(QStringLiteral("window/stateTab")).toInt());
    if (const double speed = m_session.text(QStringLiteral("speed")).toDouble(); speed > 0)
        m_parts.playback.setSpeed(speed);
    m_file->setRecent(m_session.recent());
    m_welcome->setRecent(m_session.recent());
    connect(&m_keepDue, &QTimer::timeout, this, &MainWindow::keepWindow);
    m_keepDue.start(1000);
}

// The session writes only what differs from what it has written.
void MainWindow::keepWindow()
{
    m_keeper->keep();
    m_session.setBytes(QStringLiteral("window/geometry"), saveGeometry());
    m_session.setBytes(QStringLiteral("window/docks"), m_docks->saveState());
    m_session.setText(QStringLiteral("window/noProjections"),
        m_docks->isProjectionsHidden() ? QStringLiteral("1") : QString());
    m_session.setBytes(QStringLiteral("window/log"), m_log->saveLayout());
    m_session.setBytes(QStringLiteral("window/streams"), m_streams->saveLayout());
    m_session.setBytes(QStringLiteral("window/state"), m_state->saveLayout());
    m_session.setText(QStringLiteral("window/stateTab"),
        QString::number(m_state->tabs().currentIndex()));
    if (const auto& projection = m_parts.projections.projection())
        m_session.setText(QStringLiteral("projection"), projection->name);
    m_session.setText(QStringLiteral("speed"), QString::number(m_parts.playback.speed()));
    m_session.save();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!pathOf(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const auto path = pathOf(*event->mimeData());
    event->acceptProposedAction();
    // Once the drag is over: a dialog would keep the source of the drag waiting.
    QMetaObject::invokeMethod(
        this, [this, path] { takeFile(path); }, Qt::QueuedConnection);
}

void MainWindow::takeFile(const QString& path)
{
    runAside(
        this, [path] { return isStoreOrWorkspace(path); },
        [this, path](bool isToBeOpened) {
            if (isToBeOpened)
                leaveThen([this, path] { emit openAsked(path); });
            else
                m_exchange->importFile(path);
        });
}

} // namespace eventloupe
