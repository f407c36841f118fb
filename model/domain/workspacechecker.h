#pragma once

#include "domain/workspacecheck.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace eventloupe {

/// Checks a workspace's folder on a worker, and again when a file in it changes. Belongs to one
/// thread, which has an event loop.
class WorkspaceChecker final : public QObject {
    Q_OBJECT

public:
    explicit WorkspaceChecker(QObject* parent = nullptr);
    ~WorkspaceChecker() override;

    /// Checks the folder and watches it from now on; "" watches nothing.
    void setFolder(const QString& folder);
    [[nodiscard]] const QString& folder() const { return m_folder; }

public slots:
    /// Answers with finished() or failed(); a check that is under way is dropped.
    void check();

signals:
    void started();
    void finished(const std::shared_ptr<const eventloupe::WorkspaceCheck>& check);
    void failed(const eventloupe::Error& error);

private:
    struct Answer {
        Result<WorkspaceCheck> check;
        QStringList watched;
    };
    void take(const Answer& answer);
    void watch(const QStringList& paths);

    QString m_folder;
    QFileSystemWatcher m_watcher;
    QTimer m_due; ///< Coalesces what an editor does to save a file.
    CancelToken m_token;
    quint64 m_generation = 0;
};

} // namespace eventloupe
