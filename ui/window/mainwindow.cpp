#include "ui/window/mainwindow.h"

#include "command/commandhandler.h"
#include "domain/workspace.h"
#include "domain/workspacechecker.h"
#include "log/eventlogmodel.h"
#include "log/logfilter.h"
#include "report/recenterrors.h"
#include "state/stateloader.h"
#include "state/streamlistmodel.h"
#include "state/subject.h"
#include "time/cursorframe.h"
#include "time/goto.h"
#include "time/playback.h"
#include "time/streamstepper.h"
#include "ui/base/figures.h"
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
#include "ui/projection/projectionpanel.h"
#include "ui/state/statepanel.h"
#include "ui/state/streamlistview.h"
#include "ui/time/gotodialog.h"
#include "ui/time/timelinepanel.h"
#include "ui/time/timelineslider.h"
#include "ui/window/diagnosticsdialog.h"
#include "ui/window/domaindock.h"
#include "ui/window/filemenu.h"
#include "ui/window/helpmenu.h"
#include "ui/window/navigationmenu.h"
#include "ui/window/placekeeper.h"
#include "ui/window/session.h"
#include "ui/window/statusarea.h"
#include "ui/window/viewmenu.h"
#include "ui/window/welcomepage.h"
#include "ui/window/windowdocks.h"

#include <QAction>
#include <QEvent>
#include <QFileInfo>
#include <QMenuBar>
#include <QStackedWidget>
#include <QStyle>
#include <QToolBar>
#include <QVBoxLayout>

namespace eventloupe {

MainWindow::MainWindow(const WindowParts& parts, Session& session, QWidget* parent)
    : QMainWindow(parent)
    , m_parts(parts)
    , m_session(session)
    , m_log(new LogPanel(parts.log, parts.filter, parts.cursor, parts.frame, this))
    , m_streams(new StreamListView(parts.streams, parts.subject, parts.cursor, parts.frame, this))
    , m_state(new StatePanel(parts.state, parts.subject, parts.cursor, this))
    , m_commands(new CommandPanel(parts.commands, parts.cursor, this))
    , m_projections(new ProjectionPanel(parts.client, parts.projections, parts.cursor, this))
    , m_timeline(new TimelinePanel(parts.client, parts.cursor, parts.playback, parts.density, this))
    , m_filterBar(new FilterBar(parts.filter, parts.cursor, this))
    , m_docks(new WindowDocks(*this, m_streams, m_state, m_commands, m_projections))
    , m_domain(new DomainPanel(this))
    , m_domainDock(new DomainDock(*this, m_domain))
    , m_file(new FileMenu(*this))
    , m_view(new ViewMenu(*this))
    , m_status(new StatusArea(*statusBar()))
    , m_info(new InfoBar(this))
    , m_problems(new InfoBar(this))
    , m_welcome(new WelcomePage(this))
    , m_pages(new QStackedWidget(this))
    , m_exchange(new ExchangeController(parts.client, this))
    , m_keeper(std::make_unique<PlaceKeeper>(
          m_parts, session, *m_filterBar, m_timeline->slider(), *m_commands))
    , m_errors(std::make_unique<RecentErrors>())
    , m_checker(new WorkspaceChecker(this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    makeCentre();
    makeTimeline();
    makeMenus();
    makeToolBar();
    connectPanels();
    connectFailures();
    connectAsks();
    connectExchange();
    connectDomain();
    connectPlaces();
    connectHistory();
    connectWatches();
    connectBranch();
    connectCausation();
    connectTestCases();
    connectVerify();
    connectMarks();
    connectPlaceHistory();
    connectWork();
    connectKept();
    listPanels();
    m_inspect->menuAction()->setVisible(!m_inspect->isEmpty());
    restoreWindow();
    setStoreVisible(false);
}

void MainWindow::makeCentre()
{
    m_info->setObjectName(QStringLiteral("infoBar"));
    m_problems->setObjectName(QStringLiteral("problemsBar"));
    m_pages->addWidget(m_welcome);
    m_pages->addWidget(m_log);
    auto* centre = new QWidget(this);
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_info);
    layout->addWidget(m_problems);
    layout->addWidget(m_pages, 1);
    setCentralWidget(centre);
}

// A tool bar stands outside of the docks, so the timeline is below all of them.
void MainWindow::makeTimeline()
{
    m_timelineBar = new QToolBar(tr("Timeline"), this);
    m_timelineBar->setObjectName(QStringLiteral("timelineBar"));
    m_timelineBar->setMovable(false);
    m_timelineBar->setContextMenuPolicy(Qt::PreventContextMenu);
    m_timelineBar->addWidget(m_timeline);
    addToolBar(Qt::BottomToolBarArea, m_timelineBar);
}

void MainWindow::makeMenus()
{
    menuBar()->addMenu(m_file->menu());
    makeEditMenu();
    menuBar()->addMenu(m_view->menu());
    m_navigation = new NavigationMenu(m_parts, m_timeline->slider(), *this);
    menuBar()->addMenu(m_navigation->menu());
    m_inspect = menuBar()->addMenu(tr("&Inspect"));
    m_inspect->menuAction()->setVisible(false);
    auto* help = new HelpMenu(*menuBar(), *this);
    menuBar()->addMenu(help->menu());
    connect(help, &HelpMenu::diagnosticsAsked, this, &MainWindow::showDiagnostics);
    connect(help, &HelpMenu::reportAsked, this, &MainWindow::showReport);
    connect(help, &HelpMenu::referenceAsked, this, &MainWindow::showReference);
}

/// In the View menu, once all of them are there.
void MainWindow::listPanels()
{
    for (auto* action : m_docks->actions())
        m_view->addPanel(action);
    m_view->addPanel(m_domainDock->action());
    auto* detail = new QAction(tr("Event Detail"), this);
    detail->setCheckable(true);
    detail->setChecked(true);
    connect(detail, &QAction::toggled, m_log, &LogPanel::setDetailVisible);
    connect(m_log, &LogPanel::detailVisibleChanged, detail, &QAction::setChecked);
    m_view->addPanel(detail);
}

void MainWindow::makeEditMenu()
{
    auto* menu = menuBar()->addMenu(tr("&Edit"));
    menu->addAction(icon(Symbol::Copy), tr("&Copy Event as JSON"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), &m_log->view(), &LogView::copyCursorEvent);
    menu->addSeparator();
    menu->addAction(icon(Symbol::Filter), tr("&Filter"), QKeySequence(QKeySequence::Find),
        m_filterBar, &FilterBar::focusField);
    menu->addAction(tr("C&lear Filter"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F),
        m_filterBar, [this] { m_filterBar->apply({}); });
    menu->addSeparator();
    menu->addAction(icon(Symbol::GoTo), tr("&Go To…"), QKeySequence(Qt::CTRL | Qt::Key_G), this,
        [this] { GoToDialog(m_parts.goTo, this).exec(); });
}

void MainWindow::makeToolBar()
{
    m_toolBar = addToolBar(tr("Tools"));
    m_toolBar->setObjectName(QStringLiteral("toolBar"));
    m_toolBar->setMovable(false);
    m_toolBar->setContextMenuPolicy(Qt::PreventContextMenu);
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize) + 4;
    m_toolBar->setIconSize({ size, size });
    m_file->fillToolBar(*m_toolBar);
    m_toolBar->addSeparator();
    m_filterBar->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_toolBar->addWidget(m_filterBar);
}

void MainWindow::connectPanels()
{
    connect(&m_parts.frame, &CursorFrame::shown, m_timeline,
        [this](Position position) { m_timeline->setShown(position, m_parts.frame.event()); });
    // Where nothing had to be painted, the frame is done as soon as what is due was.
    connect(&m_parts.frame, &CursorFrame::shown, this,
        [this] { QTimer::singleShot(0, this, [this] { m_parts.frame.notePaint(); }); });
    connect(m_streams, &StreamListView::titleChanged, m_docks, &WindowDocks::setStreamsTitle);
    connect(m_streams, &StreamListView::filterAsked, m_filterBar, &FilterBar::apply);
    connect(&m_log->view(), &LogView::filterAsked, m_filterBar, &FilterBar::apply);
    connect(m_filterBar, &FilterBar::left, &m_log->view(), qOverload<>(&QWidget::setFocus));
    connect(m_state, &StatePanel::failureAsked, &m_parts.cursor, &TimeCursor::moveTo);
    connect(&m_parts.commands, &CommandHandler::workspaceChanged, this, [this] {
        const auto& workspace = m_parts.commands.workspace();
        m_log->setWorkspace(workspace);
        m_file->setWorkspace(!workspace->folder().isEmpty());
        m_checker->setFolder(workspace->folder());
        if (m_examples && !m_checker->isRunning())
            m_checker->check();
    });
    connect(&m_parts.subject, &Subject::streamChanged, m_commands, &CommandPanel::setPrefill);
    connect(&m_parts.state, &StateLoader::stateChanged, this,
        [this](const std::shared_ptr<const StateView>& view) {
            if (!view->failure.isEmpty())
                m_parts.log.setFailure(view->failedPosition, view->failure);
        });
    connect(m_commands, &CommandPanel::issued, this, [this](const QString& stream, Position last) {
        m_status->say(tr("%1 has event %2").arg(stream, positionText(last)));
    });
    connect(&m_parts.streams, &StreamListModel::streamCountChanged, this, [this](qint64 streams) {
        m_streamCount = streams;
        showCounts();
    });
    connect(&m_parts.cursor, &TimeCursor::headChanged, this, &MainWindow::showCounts);
    connect(&m_parts.cursor, &TimeCursor::headChanged, this, [this] {
        if (!m_typesDue.isActive())
            m_typesDue.start();
    });
    m_typesDue.setSingleShot(true);
    m_typesDue.setInterval(1000);
    connect(&m_typesDue, &QTimer::timeout, this, &MainWindow::readTypes);
}

void MainWindow::connectFailures()
{
    const auto say = [this](const Error& error) {
        m_errors->note(error);
        m_status->say(error.message);
    };
    connect(m_projections, &ProjectionPanel::said, m_status, &StatusArea::say);
    connect(&m_parts.log, &EventLogModel::failed, this, say);
    connect(&m_parts.state, &StateLoader::failed, this, say);
    connect(&m_parts.streams, &StreamListModel::failed, this, say);
    connect(&m_parts.stepper, &StreamStepper::failed, this, say);
    connect(&m_parts.stepper, &StreamStepper::endReached, this, [this](const QString& stream) {
        m_status->say(tr("%1 has no further event that way").arg(stream));
    });
    connect(&m_parts.filter, &LogFilter::stepTold, m_status, &StatusArea::say);
    connect(&m_parts.goTo, &GoTo::pastHead, this, [this](Position asked, Position head) {
        m_status->say(tr("There is no event %1 yet; the last one is %2")
                          .arg(positionText(asked), positionText(head)));
    });
}

void MainWindow::connectAsks()
{
    const auto open = [this](const QString& location) {
        leaveThen([this, location] { emit openAsked(location); });
    };
    connect(m_file, &FileMenu::openAsked, this, open);
    connect(m_welcome, &WelcomePage::openAsked, this, open);
    connect(m_file, &FileMenu::newStoreAsked, this,
        [this](const QString& file) { leaveThen([this, file] { emit newStoreAsked(file); }); });
    connect(m_file, &FileMenu::newWorkspaceAsked, this,
        [this](const QString& folder, const QString& name) {
            leaveThen([this, folder, name] { emit newWorkspaceAsked(folder, name); });
        });
    connect(
        m_file, &FileMenu::closeAsked, this, [this] { leaveThen([this] { emit closeAsked(); }); });
    connect(m_file, &FileMenu::examplesAsked, this, &MainWindow::showExamples);
    connect(m_welcome, &WelcomePage::sampleAsked, this, &MainWindow::makeSample);
    connect(m_welcome, &WelcomePage::newStoreAsked, m_file, &FileMenu::askNewStore);
    connect(m_welcome, &WelcomePage::openStoreAsked, m_file, &FileMenu::askOpenStore);
    connect(m_welcome, &WelcomePage::openWorkspaceAsked, m_file, &FileMenu::askOpenWorkspace);
    connect(m_view, &ViewMenu::themeAsked, this, &MainWindow::setTheme);
    connect(m_view, &ViewMenu::resetAsked, this, &MainWindow::resetLayout);
    connect(m_problems, &InfoBar::actionTriggered, this, &MainWindow::showFirstProblem);
}

void MainWindow::connectExchange()
{
    connect(m_file, &FileMenu::importAsked, m_exchange, [this] { m_exchange->importFile({}); });
    connect(m_file, &FileMenu::exportAsked, this, [this] {
        m_exchange->exportLog({ m_parts.filter.expression().toUtf8(), m_parts.subject.stream(),
            m_parts.cursor.position(), m_parts.cursor.head() });
    });
    connect(m_file, &FileMenu::copyAsked, m_exchange, &ExchangeController::copyLog);
    connect(m_status, &StatusArea::cancelAsked, m_exchange, &ExchangeController::cancel);
    connect(m_exchange, &ExchangeController::started, this,
        [this](const QString& title) { m_status->showProgress(title, 0, 0); });
    connect(m_exchange, &ExchangeController::progressed, this,
        [this](const QString& task, qint64 done, qint64 total) {
            m_status->showProgress(task, done, total);
        });
    connect(m_exchange, &ExchangeController::finished, this, [this](const QString& summary) {
        m_status->hideProgress();
        m_status->say(summary);
    });
    connect(m_exchange, &ExchangeController::failed, this, [this](const Error& error) {
        m_errors->note(error);
        m_status->hideProgress();
        m_status->say(error.message);
        if (error.code != ErrorCode::Cancelled)
            m_info->show(InfoBar::Kind::Failure, visibleText(error.message));
    });
    connect(m_exchange, &ExchangeController::storeMade, this, [this](const QString& location) {
        leaveThen([this, location] { emit openAsked(location); });
    });
}

void MainWindow::showExamples()
{
    if (!m_examples) {
        m_examples = new ExamplesDialog(*m_checker, this);
        connect(m_examples, &ExamplesDialog::placeAsked, this, &MainWindow::showPlace);
        m_checker->check();
    }
    m_examples->show();
    m_examples->raise();
    m_examples->activateWindow();
}

void MainWindow::showDiagnostics()
{
    if (!m_diagnostics)
        m_diagnostics = new DiagnosticsDialog(m_parts, this);
    m_diagnostics->show();
    m_diagnostics->raise();
    m_diagnostics->activateWindow();
}

bool MainWindow::event(QEvent* event)
{
    const bool isTaken = QMainWindow::event(event);
    // All panels are painted in one.
    if (event->type() == QEvent::UpdateRequest)
        m_parts.frame.notePaint();
    return isTaken;
}

void MainWindow::readTypes()
{
    if (!m_parts.client.isOpen())
        return;
    m_parts.client.run<QStringList>(
        StoreClient::Lane::Interactive, this,
        [](EventStore& store, const CancelToken&) { return store.types(); },
        [this](const Result<QStringList>& types) {
            if (!types)
                return;
            m_filterBar->setTypes(*types);
            emit typesRead(*types);
        });
}

} // namespace eventloupe
