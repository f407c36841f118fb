#include "domain/workspacechecker.h"

#include <QCoreApplication>
#include <QDir>
#include <QPointer>
#include <QThreadPool>

#include <utility>

namespace eventloupe {

namespace {

constexpr int coalesceMilliseconds = 150;
constexpr qsizetype mostWatched = 2000; ///< A system gives a process so many at least.

/// The folders of a workspace and the files that define it: what is written over in place is seen
/// by its file, what comes and goes by its folder.
QStringList pathsToWatch(const QString& folder)
{
    const QDir root(folder);
    QStringList paths { root.absolutePath() };
    for (const char* name : { "", "aggregates", "commands", "events", "examples", "projections" }) {
        const QDir part(root.filePath(QLatin1String(name)));
        if (!part.exists())
            continue;
        if (*name != '\0')
            paths.append(part.absolutePath());
        for (const QString& file : part.entryList({ QStringLiteral("*.json") }, QDir::Files))
            paths.append(part.absoluteFilePath(file));
    }
    return paths.mid(0, mostWatched);
}

/// What the definitions refer to, and the folders it comes and goes in.
QStringList referredPaths(const QString& folder, const QStringList& referred)
{
    QStringList paths;
    for (const QString& file : referred) {
        const QFileInfo info(QDir(folder).absoluteFilePath(file));
        for (const QString& path : { info.absolutePath(), info.absoluteFilePath() }) {
            if (QFileInfo::exists(path) && !paths.contains(path))
                paths.append(path);
        }
    }
    return paths.mid(0, mostWatched);
}

} // namespace

WorkspaceChecker::WorkspaceChecker(QObject* parent)
    : QObject(parent)
{
    m_due.setSingleShot(true);
    m_due.setInterval(coalesceMilliseconds);
    connect(&m_due, &QTimer::timeout, this, &WorkspaceChecker::check);
    const auto soon = [this] { m_due.start(); };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, soon);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, soon);
}

WorkspaceChecker::~WorkspaceChecker()
{
    m_token.cancel();
}

void WorkspaceChecker::setFolder(const QString& folder)
{
    m_folder = folder;
    watch({});
    check();
}

void WorkspaceChecker::check()
{
    m_token.cancel();
    m_due.stop();
    ++m_generation;
    if (m_folder.isEmpty())
        return;
    m_token = CancelToken();
    emit started();
    QThreadPool::globalInstance()->start(
        [folder = m_folder, token = m_token, generation = m_generation,
            guard = QPointer<WorkspaceChecker>(this)] {
            // What changes from here on is seen by the watch.
            auto watched = pathsToWatch(folder);
            auto check = checkWorkspace(folder, token);
            if (check)
                watched += referredPaths(folder, check->referred);
            const auto answer
                = std::make_shared<const Answer>(Answer { std::move(check), std::move(watched) });
            QMetaObject::invokeMethod(qApp, [answer, generation, guard] {
                if (guard && guard->m_generation == generation)
                    guard->take(*answer);
            });
        });
}

void WorkspaceChecker::take(const Answer& answer)
{
    watch(answer.watched);
    if (answer.check)
        emit finished(std::make_shared<const WorkspaceCheck>(*answer.check));
    else
        emit failed(answer.check.error());
}

void WorkspaceChecker::watch(const QStringList& paths)
{
    const auto watched = m_watcher.files() + m_watcher.directories();
    QStringList gone;
    for (const QString& path : watched)
        if (!paths.contains(path))
            gone.append(path);
    QStringList fresh;
    for (const QString& path : paths)
        if (!watched.contains(path))
            fresh.append(path);
    if (!gone.isEmpty())
        m_watcher.removePaths(gone);
    if (!fresh.isEmpty())
        m_watcher.addPaths(fresh);
}

} // namespace eventloupe
