#include "domain/workspacewatcher.h"

#include "domain/definitiontexts.h"
#include "value/aside.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>

namespace eventloupe {

namespace {

/// More than these are found by looking alone.
constexpr qsizetype mostWatched = 1000;
constexpr int settleTime = 30; ///< Milliseconds.

} // namespace

struct WorkspaceWatcher::Look {
    QByteArray signature;
    QStringList paths; ///< Folders and files.
};

namespace {

template <class Look> void note(Look& look, QCryptographicHash& hash, const QFileInfo& entry)
{
    look.paths.append(entry.filePath());
    hash.addData(QStringLiteral("%1\n%2\n%3\n")
                     .arg(entry.filePath())
                     .arg(entry.size())
                     .arg(entry.lastModified().toMSecsSinceEpoch())
                     .toUtf8());
}

template <class Look>
void lookAt(Look& look, QCryptographicHash& hash, const QString& folder, const QStringList& pattern)
{
    look.paths.append(folder);
    const auto entries
        = QDir(folder).entryInfoList(pattern, QDir::Files | QDir::System, QDir::Name);
    for (const QFileInfo& entry : entries)
        note(look, hash, entry);
}

} // namespace

WorkspaceWatcher::WorkspaceWatcher(QObject* parent)
    : QObject(parent)
    , m_system(new QFileSystemWatcher)
    , m_systemCalls(new CallReceiver)
{
    m_system->moveToThread(&m_thread);
    m_systemCalls->moveToThread(&m_thread);
    m_thread.setObjectName(QStringLiteral("workspace watcher"));
    connect(&m_thread, &QThread::finished, m_system, &QObject::deleteLater);
    connect(&m_thread, &QThread::finished, m_systemCalls, &QObject::deleteLater);
    m_poll.setInterval(interval);
    m_due.setSingleShot(true);
    m_due.setInterval(settleTime);
    connect(&m_poll, &QTimer::timeout, this, &WorkspaceWatcher::check);
    connect(&m_due, &QTimer::timeout, this, &WorkspaceWatcher::check);
    const auto soon = [this] { m_due.start(); };
    connect(m_system, &QFileSystemWatcher::fileChanged, this, soon);
    connect(m_system, &QFileSystemWatcher::directoryChanged, this, soon);
    m_thread.start();
}

WorkspaceWatcher::~WorkspaceWatcher()
{
    m_thread.quit();
    m_thread.wait();
}

void WorkspaceWatcher::watch(const QString& folder)
{
    ++m_generation;
    m_folder = folder;
    m_referred.clear();
    m_signature.clear();
    m_isLooking = false;
    m_isDirty = false;
    m_systemCalls->post([system = m_system] {
        const QStringList watched = system->files() + system->directories();
        if (!watched.isEmpty())
            system->removePaths(watched);
    });
    m_poll.stop();
    if (folder.isEmpty())
        return;
    m_poll.start();
    check();
}

void WorkspaceWatcher::watchReferred(const QStringList& files)
{
    if (files == m_referred || m_folder.isEmpty())
        return;
    m_referred = files;
    check();
}

void WorkspaceWatcher::check()
{
    if (m_folder.isEmpty())
        return;
    if (m_isLooking) {
        m_isDirty = true;
        return;
    }
    m_isLooking = true;
    runAside(
        this, [folder = m_folder, referred = m_referred] { return look(folder, referred); },
        [this, generation = m_generation](const Look& look) {
            if (m_generation == generation)
                take(look);
        });
}

WorkspaceWatcher::Look WorkspaceWatcher::look(const QString& folder, const QStringList& referred)
{
    Look look;
    QCryptographicHash hash(QCryptographicHash::Sha1);
    lookAt(look, hash, folder, { workspaceFileName() });
    const auto subfolders = QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString& subfolder : subfolders)
        lookAt(look, hash, folder + u'/' + subfolder, { QStringLiteral("*.json") });
    for (const QString& file : referred) {
        // Of a file that is missing, its name alone is noted.
        if (const QFileInfo entry(folder + u'/' + file); entry.exists())
            note(look, hash, entry);
        else
            hash.addData(file.toUtf8());
    }
    look.signature = hash.result();
    return look;
}

void WorkspaceWatcher::take(const Look& look)
{
    m_isLooking = false;
    if (m_isDirty) {
        m_isDirty = false;
        m_due.start();
    }
    if (look.signature == m_signature)
        return;
    m_signature = look.signature;
    if (look.paths.size() <= mostWatched)
        m_systemCalls->post(
            [system = m_system, paths = look.paths] { system->addPaths(paths); });
    emit changed();
}

} // namespace eventloupe
