#pragma once

#include "app/branchkeeper.h"
#include "branch/branchfindings.h"
#include "branch/branchsession.h"
#include "command/commandhandler.h"
#include "domain/workspacewatcher.h"
#include "log/eventlogmodel.h"
#include "log/logfilter.h"
#include "projection/projectionmodel.h"
#include "state/diffloader.h"
#include "state/fieldhistorymodel.h"
#include "state/stateloader.h"
#include "state/streamlistmodel.h"
#include "state/subject.h"
#include "store/storeclient.h"
#include "time/cursorframe.h"
#include "time/density.h"
#include "time/eventtimes.h"
#include "time/goto.h"
#include "time/playback.h"
#include "time/streamstepper.h"
#include "time/timecursor.h"
#include "ui/window/windowparts.h"

#include <functional>
#include <memory>

namespace eventloupe {

class WorkspaceReloader;
struct RecognisedStores;

/// Owns all that a window shows, joins it, and opens stores and workspaces into it. GUI thread;
/// workspaces are read and written on another one.
class Workbench final : public QObject {
    Q_OBJECT

public:
    explicit Workbench(QObject* parent = nullptr);
    ~Workbench() override;

    [[nodiscard]] WindowParts parts();
    /// Called on another thread, with the location, before a store is shown: reads what is kept of
    /// it. Has to outlive this.
    void setPreparation(const std::function<void(const QString&)>& preparation)
    {
        m_preparation = preparation;
    }
    /// What open() was asked for; empty while nothing is open.
    [[nodiscard]] const QString& location() const { return m_location; }

public slots:
    /// A store's file, or a workspace's folder or its workspace.json; a workspace's store is made
    /// when it is missing, and a store that is a workspace's opens with it, by whatever name.
    /// Behind a '#' may stand what the database is chosen to be. Answers with opened(), and what
    /// was open is closed, or with failed(), and it stays open. A password in the location is taken
    /// out and kept in memory alone. Another library's database answers with choiceAsked() or
    /// mappingAsked() where somebody has to say what it is.
    void open(const QString& given);
    /// An empty store; fails when the file exists.
    void createStore(const QString& file);
    /// A workspace from a template, in a folder that is empty or not there yet, then open().
    void createWorkspace(const QString& folder, const QString& templateName);
    void close();
    /// Looks now whether the open workspace's files changed, and if so reads its definitions again;
    /// done by itself soon after they did. Answers with reloaded(), or with nothing where nothing
    /// changed, or with failed(), and the last good definitions stay; once the files are back, they
    /// are read again.
    void lookForChanges();

signals:
    void opening(const QString& location);
    void opened(
        const QString& location, const std::shared_ptr<const eventloupe::Workspace>& workspace);
    void closed();
    /// The open workspace has other definitions now, and all that shows them has taken them. Of
    /// `kept`, files that are broken or `gone`, the last good text is in use.
    void reloaded(const std::shared_ptr<const eventloupe::Workspace>& workspace,
        const QStringList& kept, const QStringList& gone);
    void failed(const eventloupe::Error& error);
    /// Behind failed(): a store's file is too damaged to be opened, and can be verified.
    void verifyOffered(const QString& file);
    /// Something about what is open, or is kept of it, that people should know.
    void warned(const QString& message);
    /// A database may be the store of several libraries; to open it as one, add its choice. What
    /// was open stays open, here and below. `workspace` is the folder whose store it is, or empty.
    void choiceAsked(const QString& location, const QString& workspace,
        const std::shared_ptr<const eventloupe::RecognisedStores>& found, bool isMasked);
    /// A database is no known library's store. Where it `isMasked`, its values are not to be shown.
    void mappingAsked(const QString& location, const QString& workspace, bool isMasked);

private:
    void connectHead();
    void openStore(const QString& location, const QString& store, OpenMode mode,
        const std::shared_ptr<const Workspace>& workspace,
        const std::shared_ptr<WorkspaceReloader>& reloader = {});
    void reload();
    void takeReloaded(const std::shared_ptr<const Workspace>& workspace, const QStringList& kept,
        const QStringList& gone);
    void take(const std::shared_ptr<const Workspace>& workspace);
    void fail(const Error& error);
    struct Tried;
    static Tried tryToOpen(const QString& store, OpenMode mode);
    void explain(const QString& store, const QString& folder, const Workspace& workspace,
        const Tried& tried);

    StoreClient m_client;
    BranchSession m_branch;
    BranchWatch m_branchWatch;
    BranchKeeper m_branchKeeper;
    TimeCursor m_cursor;
    CursorFrame m_frame;
    EventLogModel m_log;
    LogFilter m_filter;
    Subject m_subject;
    StateLoader m_state;
    DiffLoader m_diff;
    FieldHistoryModel m_history;
    StreamListModel m_streams;
    Density m_density;
    EventTimes m_times;
    Playback m_playback;
    StreamStepper m_stepper;
    GoTo m_goTo;
    CommandHandler m_commands;
    ProjectionModel m_projections;
    std::shared_ptr<const Workspace> m_workspace;
    std::shared_ptr<WorkspaceReloader> m_reloader; ///< Of the open workspace; used by one job.
    WorkspaceWatcher m_watcher;
    std::function<void(const QString&)> m_preparation;
    QString m_trouble; ///< Of what was kept, to be told once the store is open.
    QStringList m_referred; ///< What its definitions refer to, as the watcher knows it.
    bool m_isWatched = false; ///< The watcher has told of its first look.
    bool m_isForced = false; ///< A file changed, perhaps one that a definition refers to.
    bool m_hasLinkedStreams = false; ///< Of the open store: see WorkspaceLoader.
    bool m_isReloading = false;
    bool m_isReloadDue = false;
    QString m_location;
    quint64 m_generation = 0; ///< Of what was asked for last; older answers are stale.
};

} // namespace eventloupe
