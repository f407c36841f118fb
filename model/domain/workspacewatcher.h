#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QThread>
#include <QTimer>

#include <memory>

namespace eventloupe {

class CallReceiver;

/// Notices when a definition file of a workspace's folder was written, by whatever program: the
/// system tells of most changes at once, and a look at names, times and sizes every `interval`
/// finds the rest, such as files that were replaced or lie on another machine. Lives on any thread
/// with an event loop; looks at the folder on the thread pool.
class WorkspaceWatcher final : public QObject {
    Q_OBJECT

public:
    static constexpr int interval = 200; ///< Milliseconds.

    explicit WorkspaceWatcher(QObject* parent = nullptr);
    ~WorkspaceWatcher() override;

    /// Watches this folder from now on, and no other; an empty name: none.
    void watch(const QString& folder);
    /// Watches these files too, there or not, by their paths from the folder, in place of those of
    /// before; until watch(). Tells changed() once when they are others than before.
    void watchReferred(const QStringList& files);
    /// Looks now.
    void check();

signals:
    /// Also once after watch(), since a file may have been written before it was watched.
    void changed();

private:
    struct Look;
    [[nodiscard]] static Look look(const QString& folder, const QStringList& referred);
    void take(const Look& look);

    QString m_folder;
    QStringList m_referred;
    QThread m_thread; ///< Of m_system: to watch a file is to ask the disk for it.
    QFileSystemWatcher* m_system;
    CallReceiver* m_systemCalls; ///< On its thread.
    QTimer m_poll;
    QTimer m_due; ///< A moment for a writer to finish.
    QByteArray m_signature;
    quint64 m_generation = 0;
    bool m_isLooking = false;
    bool m_isDirty = false;
};

} // namespace eventloupe
