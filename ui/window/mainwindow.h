#pragma once

#include "postgres/serverreport.h"
#include "ui/base/theme.h"
#include "ui/window/windowparts.h"
#include "value/result.h"

#include <QMainWindow>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <memory>

class QDockWidget;
class QMenu;
class QStackedWidget;
class QToolBar;

namespace eventloupe {

class BranchActions;
class BranchBanner;
class CausationPanel;
class CommandPanel;
class DiagnosticsDialog;
class DiffPage;
class ExamplesDialog;
class DomainDock;
class DomainPanel;
class ExchangeController;
class FileMenu;
class FilterBar;
class HelpWindow;
class HistoryPage;
class InfoBar;
class LogPanel;
class Marks;
class MarksPanel;
class NavigationMenu;
class PlaceKeeper;
class Places;
class PlotPanel;
class ProjectionPanel;
class RecentErrors;
class RunningWork;
class Session;
class StatePanel;
class StatusArea;
class StreamListView;
class StreamPlots;
class TimelinePanel;
class VerifyDialog;
class ViewMenu;
class WatchPanel;
class WelcomePage;
class WindowDocks;
class Workspace;
class WorkspaceChecker;
struct RecognisedStores;
struct TestCaseSubject;
struct VisitedPlace;
struct WorkspaceCheck;

/// The window. It shows and moves what it was given; what it wants opened, it asks for.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    MainWindow(const WindowParts& parts, Session& session, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Looks at a server for Open Database Server, on a worker; without one, lookAtServer().
    using ServerLook = std::function<Result<ServerReport>(const QString&, const CancelToken&)>;
    void setServerLook(const ServerLook& look);
    [[nodiscard]] Session& session() const { return m_session; }

public slots:
    /// Opening began; it may take a while.
    void showOpening(const QString& location);
    /// A store is open: `location` is what was asked for, a file or a workspace's folder.
    void showStore(
        const QString& location, const std::shared_ptr<const eventloupe::Workspace>& workspace);
    /// The open workspace's definitions are new; of `kept` files, which are broken or `gone`, the
    /// last good text is in use.
    void showReloaded(const std::shared_ptr<const eventloupe::Workspace>& workspace,
        const QStringList& kept, const QStringList& gone);
    /// Nothing is open any more.
    void showNothing();
    /// What was asked for could not be opened or made.
    void showFailure(const eventloupe::Error& error);
    /// The file that could not be opened, which showFailure() has told, can be verified.
    void offerVerify(const QString& file);
    /// A database may be the store of several libraries: asks, and then asks to open it.
    /// `workspace` is the folder whose store it is, or empty; so below.
    void showChoice(const QString& location, const QString& workspace,
        const std::shared_ptr<const eventloupe::RecognisedStores>& found, bool isMasked);
    /// A database is no known library's store: lets a mapping be made, and asks to open it.
    void showMapping(const QString& location, const QString& workspace, bool isMasked);
    /// In the status line.
    void say(const QString& message);
    /// In a bar above the log, until it is put away. Nothing for an empty one.
    void warn(const QString& message);
    /// Has all that comes back written, and waits for it: somebody ends the desktop's session.
    void keepNow();
    /// Ends without a question: keeps what comes back, stops what is running, and calls `then`
    /// within two seconds.
    void endNow(const std::function<void()>& then);

signals:
    /// A password that was declined may be asked for again; the servers took what was given.
    void passwordsRenewed();
    void passwordsWorked();
    void openAsked(const QString& location);
    void newStoreAsked(const QString& file);
    void newWorkspaceAsked(const QString& folder, const QString& templateName);
    void closeAsked();
    /// A definition was saved here: read the workspace's again.
    void reloadAsked();
    /// The open log's event types are known, or others came.
    void typesRead(const QStringList& types);

protected:
    bool event(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void makeCentre();
    void makeTimeline();
    void makeMenus();
    void listPanels();
    void makeEditMenu();
    void makeToolBar();
    void connectPanels();
    void connectFailures();
    void connectAsks();
    void connectExchange();
    void connectDomain();
    void connectHistory();
    void addHistoryActions(DiffPage& diff, HistoryPage& history);
    void connectHistoryMenus(DiffPage& diff, HistoryPage& history);
    void askComparedStream(DiffPage& diff);
    void keepComparison(DiffPage& diff);
    void goToSetter();
    void showStateTab(QWidget* page);
    void connectPlaces();
    void connectWatches();
    void connectWatchMenus(WatchPanel& panel, QDockWidget& dock);
    void connectPlots(StreamPlots& plots);
    void connectBranch();
    void showBranch(BranchBanner& banner);
    void connectLeftBranch(const BranchActions& actions);
    void connectCausation();
    void connectTestCases();
    void connectVerify();
    void showVerify();
    void showVerifyOf(const QString& file);
    void connectVerifyDialog(VerifyDialog& dialog);
    [[nodiscard]] QList<VerifyDialog*> repairs(bool ofStore) const;
    void openAgain();
    void connectMarks();
    void connectBranchMarks();
    void connectPlayback();
    void connectPlaceHistory();
    void connectProjectionPlots(PlotPanel& plot, const std::function<void()>& show);
    void connectSparklines(StreamPlots& plots);
    void connectWork();
    void connectKept();
    void connectKeptNote();
    void restoreWindow();
    void keepWindow();

    void leaveThen(const std::function<void()>& ask);
    [[nodiscard]] bool mayStop(
        const QString& toDo, bool ofStore, const std::function<void()>& then);
    void setStoreVisible(bool visible);
    void showConditions();
    void showDamage();
    void showProblems();
    void showFirstProblem();
    void showPlace(const QString& file, int line, int column);
    [[nodiscard]] QString keptText() const;
    void tellExamples(const WorkspaceCheck& check);
    void describeLog();
    void askServer();
    void noteNotOpened();
    void showStatus();
    void showAdvice();
    void showCounts();
    void showDiagnostics();
    void showReport();
    void openMarks(const QString& location);
    void markWithNote(qint64 position);
    void loopAround(bool on);
    void goTo(const VisitedPlace& place);
    void showCausation(qint64 position);
    void exportTest(const TestCaseSubject& subject);
    void showExamples();
    void showReference();
    [[nodiscard]] QString helpTopic() const;
    void readTypes();
    void takeFile(const QString& path);
    void makeSample(const QString& templateName);
    void setTheme(ThemeMode mode);
    void resetLayout();

    WindowParts m_parts;
    ServerLook m_serverLook;
    Session& m_session;
    LogPanel* m_log;
    StreamListView* m_streams;
    StatePanel* m_state;
    CommandPanel* m_commands;
    ProjectionPanel* m_projections;
    TimelinePanel* m_timeline;
    FilterBar* m_filterBar;
    WindowDocks* m_docks;
    DomainPanel* m_domain;
    DomainDock* m_domainDock;
    FileMenu* m_file;
    ViewMenu* m_view;
    NavigationMenu* m_navigation = nullptr;
    QMenu* m_inspect = nullptr; ///< What answers questions about history.
    StatusArea* m_status;
    InfoBar* m_info;
    InfoBar* m_problems;
    WelcomePage* m_welcome;
    QStackedWidget* m_pages;
    QToolBar* m_toolBar = nullptr;
    QToolBar* m_timelineBar = nullptr;
    QPointer<DiagnosticsDialog> m_diagnostics; ///< While it is open.
    QPointer<ExamplesDialog> m_examples; ///< While it is open.
    CausationPanel* m_causation = nullptr;
    Marks* m_marks = nullptr;
    MarksPanel* m_marksPanel = nullptr;
    struct BranchMarks;
    std::shared_ptr<BranchMarks> m_branchMarks;
    Places* m_places = nullptr;
    bool m_isVisiting = false; ///< The cursor goes back or forward.
    HelpWindow* m_help = nullptr; ///< From its first use on.
    ExchangeController* m_exchange;
    RunningWork* m_work = nullptr;
    bool m_isEnding = false; ///< Nothing is asked any more.
    QByteArray m_keptNote; ///< Until the marks are read.
    std::unique_ptr<PlaceKeeper> m_keeper;
    std::unique_ptr<RecentErrors> m_errors;
    std::shared_ptr<const Workspace> m_workspace;
    QTimer m_typesDue; ///< Coalesces growth.
    QTimer m_keepDue; ///< A program that is killed loses no more than its interval.
    QStringList m_kept; ///< Definitions whose last good text is in use.
    QStringList m_gone; ///< Those of them that are not there any more.
    QString m_reloadTold; ///< Of the last reload, in the status line.
    QString m_unopened; ///< A damaged file that offerVerify() named,
    QString m_unopenedText; ///< and what the bar says of it.
    QString m_failure; ///< What the red bar says of the open workspace, until it is read again.
    WorkspaceChecker* m_checker; ///< Runs the examples.
    QString m_storeName; ///< As the title has it.
    bool m_issuesOnBranch = false; ///< Once the branch is open, the command is issued.
    bool m_hadFailures = false; ///< Some examples failed or were not run at the last check.
    qint64 m_streamCount = 0;
};

} // namespace eventloupe
