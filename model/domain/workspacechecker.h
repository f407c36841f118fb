#pragma once

#include "domain/workspacecheck.h"

#include <QObject>

namespace eventloupe {

/// Checks a workspace's folder on a worker, one check at a time, and as often as it is told to;
/// watches nothing. Belongs to one thread, which has an event loop.
class WorkspaceChecker final : public QObject {
    Q_OBJECT

public:
    explicit WorkspaceChecker(QObject* parent = nullptr);
    ~WorkspaceChecker() override;

    /// The folder that check() is about; "" is none. A check that is under way is dropped.
    void setFolder(const QString& folder);
    [[nodiscard]] const QString& folder() const { return m_folder; }
    [[nodiscard]] bool isRunning() const { return m_isRunning; }

public slots:
    /// Answers with finished() or failed(); a check that is under way is dropped. Nothing without a
    /// folder.
    void check();
    /// A check that is under way fails at once, with Cancelled; its worker ends soon.
    void cancel();

signals:
    void folderChanged();
    void started();
    void finished(const std::shared_ptr<const eventloupe::WorkspaceCheck>& check);
    void failed(const eventloupe::Error& error);

private:
    void drop();
    void take(const Result<WorkspaceCheck>& check);

    QString m_folder;
    CancelToken m_token;
    quint64 m_generation = 0;
    bool m_isRunning = false;
};

} // namespace eventloupe
