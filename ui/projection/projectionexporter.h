#pragma once

#include "projection/projectionexport.h"
#include "store/storeclient.h"

#include <QTimer>
#include <QWidget>

namespace eventloupe {

class ProjectionModel;

/// Asks for a file and writes what a projection's panel shows into it, on the store's background
/// lane. One at a time. GUI thread.
class ProjectionExporter final : public QObject {
    Q_OBJECT

public:
    ProjectionExporter(StoreClient& client, ProjectionModel& model, QWidget* panel);
    ~ProjectionExporter() override;

    /// A dialog, then the export. The rows are those of the position and filter that are shown now.
    void ask();
    /// Without the dialog.
    void exportTo(const ProjectionExport& target);
    void cancel() { m_cancel.cancel(); }
    [[nodiscard]] bool isRunning() const { return m_isRunning; }

signals:
    void started();
    void progressed(qint64 done, qint64 total);
    /// `summary` is for people, also of a failure.
    void finished(const QString& summary);

private:
    void end(const QString& summary);

    StoreClient& m_client;
    ProjectionModel& m_model;
    QWidget* m_panel;
    CancelToken m_cancel;
    Progress m_progress;
    QTimer m_poll;
    bool m_isRunning = false;
};

} // namespace eventloupe
