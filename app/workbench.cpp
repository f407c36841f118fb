#include "app/workbench.h"

#include "app/namedplace.h"
#include "domain/workspace.h"
#include "domain/workspaceloader.h"
#include "domain/workspacereloader.h"
#include "domain/workspacetemplate.h"
#include "foreign/foreignstores.h"
#include "mask/masks.h"
#include "report/storereport.h"
#include "store/repairstore.h"
#include "store/storesecrets.h"
#include "value/aside.h"
#include "value/storelocation.h"

#include <QDir>
#include <QFileInfo>

#include <utility>

namespace eventloupe {

/// What became of looking whether a store can be opened.
struct Workbench::Tried {
    Result<void> opened;
    /// What the database may be, where somebody has to say which.
    std::shared_ptr<const RecognisedStores> found;
    KeptBranch kept; ///< The branch that the store was left on.
    bool hasLinkedStreams = false;
    bool canVerify = false; ///< Though it cannot be opened.
};

/// Fails as opening the store would; a store that is to be made is not made by it.
Workbench::Tried Workbench::tryToOpen(const QString& store, OpenMode mode)
{
    forgetDamage(store);
    if (mode == OpenMode::Create && !isNoFile(store)
        && !QFileInfo::exists(ForeignLocation::of(store).database))
        return {};
    const auto opened = eventloupe::openStore(store, OpenMode::ReadOnly);
    const bool isToBeMade
        = mode == OpenMode::Create && !opened && opened.error().code == ErrorCode::NotFound;
    // Where the log's end cannot be read, there is nothing to show of it.
    if (opened && canRepair(**opened)) {
        const auto head = (*opened)->head();
        if (!head)
            return { head.error(), nullptr, {}, false, head.error().code == ErrorCode::Corrupt };
    }
    if (opened || isToBeMade)
        return { {}, nullptr, {}, opened && (*opened)->hasLinkedStreams() };
    const ErrorCode code = opened.error().code;
    const bool mayBeForeign = code == ErrorCode::NotOurs || code == ErrorCode::InvalidArgument;
    if (!mayBeForeign || !ForeignLocation::of(store).choice.isEmpty())
        return { opened.error(), nullptr, {}, false };
    auto found = recogniseStores(store);
    if (!found || found->catalog.tables.isEmpty())
        return { opened.error(), nullptr, {}, false };
    return { opened.error(), std::make_shared<const RecognisedStores>(std::move(*found)), {},
        false };
}

Workbench::Workbench(QObject* parent)
    : QObject(parent)
    , m_branch(m_client)
    , m_branchWatch(m_client, m_branch)
    , m_branchKeeper(m_branch)
    , m_frame(m_client, m_cursor)
    , m_log(m_client)
    , m_filter(m_client, m_cursor, m_log)
    , m_subject(m_client, m_frame)
    , m_state(m_client, m_frame, m_subject)
    , m_diff(m_client, m_frame, m_subject, m_state)
    , m_history(m_client, m_frame, m_subject, m_state)
    , m_streams(m_client, m_frame)
    , m_density(m_client)
    , m_times(m_client)
    , m_playback(m_cursor)
    , m_stepper(m_client, m_cursor)
    , m_goTo(m_client, m_cursor)
    , m_commands(m_client)
    , m_projections(m_client, m_frame)
    , m_workspace(Workspace::empty())
{
    addBranchKind();
    connectHead();
    m_playback.setTimes([this](Position position) { return m_times.at(position); });
    connect(&m_client, &StoreClient::opened, this, [this] {
        emit opened(m_location, m_workspace);
        if (const QString trouble = std::exchange(m_trouble, {}); !trouble.isEmpty())
            emit warned(trouble);
    });
    connect(&m_branchKeeper, &BranchKeeper::failed, this, &Workbench::warned);
    connect(&m_client, &StoreClient::failed, this, [this](const Error& error) {
        const bool isOfAnotherLog = error.code == ErrorCode::NotFound;
        if (!m_branch.fallBack(error))
            fail(error);
        else if (isOfAnotherLog)
            m_branchKeeper.setAside(m_branch.mainLocation());
    });
    connect(&m_watcher, &WorkspaceWatcher::changed, this, [this] {
        m_isForced = std::exchange(m_isWatched, true);
        reload();
    });
}

Workbench::~Workbench() = default;

WindowParts Workbench::parts()
{
    return { m_client, m_cursor, m_frame, m_log, m_filter, m_subject, m_state, m_diff, m_history,
        m_streams, m_density, m_playback, m_stepper, m_goTo, m_commands, m_projections, m_branch,
        m_branchWatch };
}

void Workbench::connectHead()
{
    connect(&m_client, &StoreClient::opened, this, [this] {
        m_cursor.reset();
        m_cursor.setHead(m_client.head());
    });
    connect(&m_client, &StoreClient::headChanged, this,
        [this](Position head) { m_cursor.setHead(head); });
    connect(&m_client, &StoreClient::closed, this, [this] { m_cursor.reset(); });
    connect(&m_commands, &CommandHandler::finished, this, [this] { m_client.checkForGrowth(); });
}

void Workbench::open(const QString& given)
{
    const auto location = admitLocation(given);
    if (isNoFile(location)) {
        openStore(location, location, OpenMode::ReadWrite, Workspace::empty());
        return;
    }
    const auto generation = ++m_generation;
    emit opening(location);
    runAside(
        this, [location] { return findNamedPlace(location); },
        [this, generation](const Result<NamedPlace>& place) {
            if (generation != m_generation)
                return;
            if (place)
                openStore(
                    place->location, place->store, place->mode, place->workspace, place->reloader);
            else
                fail(place.error());
        });
}

void Workbench::createStore(const QString& file)
{
    const auto path = QFileInfo(file).absoluteFilePath();
    const auto generation = ++m_generation;
    runAside(
        this,
        [path]() -> Result<NamedPlace> {
            if (!QFileInfo::exists(path))
                return findNamedPlace(path); // It may be what a workspace waits for.
            return Error { ErrorCode::AlreadyExists,
                tr("%1 exists already. Open it, or choose another name.")
                    .arg(QDir::toNativeSeparators(path)) };
        },
        [this, generation](const Result<NamedPlace>& place) {
            if (generation != m_generation)
                return;
            if (place)
                openStore(place->location, place->store, OpenMode::Create, place->workspace,
                    place->reloader);
            else
                fail(place.error());
        });
}

void Workbench::createWorkspace(const QString& folder, const QString& templateName)
{
    const auto generation = ++m_generation;
    emit opening(folder);
    runAside(
        this, [folder, templateName] { return writeWorkspace(templateName, folder); },
        [this, generation, folder](const Result<void>& written) {
            if (generation != m_generation)
                return;
            if (written.ok())
                open(folder);
            else
                fail(written.error());
        });
}

void Workbench::close()
{
    ++m_generation;
    m_location.clear();
    m_branch.close();
    m_reloader.reset();
    m_watcher.watch({});
    take(Workspace::empty());
    emit closed();
}

void Workbench::openStore(const QString& location, const QString& store, OpenMode mode,
    const std::shared_ptr<const Workspace>& workspace,
    const std::shared_ptr<WorkspaceReloader>& reloader)
{
    const auto generation = ++m_generation;
    emit opening(location);
    m_branchKeeper.write();
    // What cannot be opened does not close what is open.
    runAside(
        this,
        [location, store, mode, branchOf = m_branchKeeper.reader(), prepare = m_preparation] {
            Tried tried = tryToOpen(store, mode);
            if (tried.opened)
                tried.kept = branchOf(store);
            if (tried.opened && prepare)
                prepare(location);
            return tried;
        },
        [=, this](const Tried& tried) {
            if (generation != m_generation)
                return;
            if (!tried.opened) {
                explain(store, reloader ? reloader->folder() : QString(), *workspace, tried);
                if (tried.canVerify)
                    emit verifyOffered(store);
                return;
            }
            m_location = location;
            m_reloader = reloader;
            m_hasLinkedStreams = tried.hasLinkedStreams;
            take(workspace);
            m_trouble = tried.kept.trouble;
            m_branch.open(store, mode, tried.kept.branch);
            m_isWatched = false;
            m_referred.clear();
            m_watcher.watch(reloader ? reloader->folder() : QString());
        });
}

/// The watcher tells of a change once, whoever asks it to look.
void Workbench::lookForChanges()
{
    m_watcher.check();
}

void Workbench::explain(
    const QString& store, const QString& folder, const Workspace& workspace, const Tried& tried)
{
    const bool isMasked = !workspace.masks()->isEmpty();
    if (!tried.found)
        fail(tried.opened.error());
    else if (tried.found->stores.empty())
        emit mappingAsked(store, folder, isMasked);
    else
        emit choiceAsked(store, folder, tried.found, isMasked);
}

void Workbench::reload()
{
    m_isReloadDue = m_isReloading;
    if (m_isReloading || !m_reloader)
        return;
    m_isReloading = true;
    runAside(
        this, [reloader = m_reloader] { return reloader->load(); },
        [this, reloader = m_reloader](const Result<WorkspaceReloader::Loaded>& loaded) {
            m_isReloading = false;
            const bool isForced = std::exchange(m_isForced, false);
            if (reloader == m_reloader && !loaded) {
                m_isForced = true; // The window says what failed until a reload worked.
                fail(loaded.error());
            } else if (reloader == m_reloader && (loaded->isNew || isForced)) {
                takeReloaded(loaded->workspace, loaded->kept, loaded->gone);
            }
            if (reloader == m_reloader && loaded && loaded->referred != m_referred) {
                m_referred = loaded->referred;
                m_isWatched = false; // The watcher tells of its first look at them, too.
                m_watcher.watchReferred(m_referred);
            }
            if (m_isReloadDue || reloader != m_reloader)
                reload();
        });
}

void Workbench::takeReloaded(const std::shared_ptr<const Workspace>& workspace,
    const QStringList& kept, const QStringList& gone)
{
    // Another store is another log: all of the window begins anew.
    if (workspace->store() != m_workspace->store()) {
        open(m_reloader->folder());
        return;
    }
    take(workspace);
    emit reloaded(m_workspace, kept, gone);
}

void Workbench::take(const std::shared_ptr<const Workspace>& workspace)
{
    m_workspace = m_hasLinkedStreams ? WorkspaceLoader::forLinkedStreams(workspace) : workspace;
    m_client.setMasks(m_workspace->masks());
    m_commands.setWorkspace(m_workspace);
    m_state.setWorkspace(m_workspace);
    m_streams.setWorkspace(m_workspace);
    m_projections.setWorkspace(m_workspace);
    m_branchWatch.setWorkspace(m_workspace);
    m_log.clearFailures();
}

void Workbench::fail(const Error& error)
{
    if (!m_client.isOpen())
        m_location.clear();
    emit failed(error);
}

} // namespace eventloupe
