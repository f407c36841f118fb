#pragma once

#include "domain/workspace.h"
#include "projection/projectioncontent.h"
#include "time/cursorframe.h"
#include "value/progress.h"

#include <QAbstractTableModel>
#include <QTimer>

namespace eventloupe {

struct ProjectionExport;
struct ProjectionWork;

/// Roles beside Qt's, of any cell of a row; the display role has times in local time, the edit role
/// the value's own text.
enum ProjectionRole {
    RowPositionRole = Qt::UserRole + 1, ///< Of the event that changed the row last.
    RowFailureRole, ///< Why an event could not be folded into the row; empty where all could.
    IsNumberRole, ///< Of the cell.
};

/// The table of one of a workspace's projections at the frame's position, as a part of the frame.
///
/// While it is active, the log is folded into a history on the store's scan lane, a slice at a
/// time, up to the head and on with it; what the frame shows is read from the history, on the
/// interactive lane. As long as the history does not reach the frame's position, the table is that
/// of status().position, which it says. GUI thread.
class ProjectionModel final : public QAbstractTableModel, public FramePart {
    Q_OBJECT

public:
    struct Status {
        Position position = 0; ///< Of the rows that are shown.
        qint64 existing = 0; ///< Rows there, with those that the filter hides.
        bool isFiltering = false; ///< Not all rows were looked at yet.
        Position builtTo = 0;
        Position head = 0;
        qint64 failures = 0; ///< Events that came to no row.
        ProjectionFailure firstFailure;
        qint64 filterFailures = 0;
        QString filterReason;
        QString error; ///< Why it cannot be built; empty where it can.
    };

    ProjectionModel(StoreClient& client, CursorFrame& frame, QObject* parent = nullptr);
    ~ProjectionModel() override;

    /// Takes its projections, and shows the one of the name that was shown, or the first.
    void setWorkspace(const std::shared_ptr<const Workspace>& workspace);
    [[nodiscard]] const Workspace& workspace() const { return *m_workspace; }
    /// Shows another one; a name that is not there is ignored.
    void choose(const QString& name);
    /// nullptr where there is none.
    [[nodiscard]] const std::shared_ptr<const ProjectionDefinition>& projection() const
    {
        return m_projection;
    }
    /// Folds and reads from now on, or leaves that.
    void setActive(bool active);
    /// See ProjectionFilter; blank shows all. An Error changes nothing.
    Result<void> setFilter(const QString& text);
    [[nodiscard]] const QString& filter() const { return m_filterText; }
    /// By a column, or as the rows came (-1).
    void sort(int column, Qt::SortOrder order) override;
    /// Which rows are looked at.
    void setWindow(qint64 first, qint64 count);
    [[nodiscard]] const Status& status() const { return m_status; }
    /// Builds on after a failure that need not come again; so does a log that grows.
    void tryAgain();
    /// What is shown, for an export of it: run(view, query) on a worker of the caller's.
    [[nodiscard]] std::shared_ptr<const ProjectionHistory> history() const;
    [[nodiscard]] ProjectionQuery queryFor(Position position) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Read prepare(Position position) override;

signals:
    /// Another projection is shown, or none; or there are other ones.
    void projectionsChanged();
    void statusChanged();

private:
    void restart();
    void letGo();
    void buildOn();
    void takeSlice(const Result<Position>& answer, const std::shared_ptr<ProjectionWork>& work);
    void readOn();
    void take(const ProjectionContent& content);
    [[nodiscard]] bool isCovered() const;
    [[nodiscard]] QString shownText(int column, const QString& cell) const;
    [[nodiscard]] const ProjectionLine* lineAt(int row) const;

    StoreClient& m_client;
    CursorFrame& m_frame;
    std::shared_ptr<const Workspace> m_workspace;
    std::shared_ptr<const ProjectionDefinition> m_projection;
    std::shared_ptr<ProjectionWork> m_work; ///< While it is active and a store is open.
    bool m_isActive = false;
    bool m_isBuilding = false; ///< A slice is under way.
    QString m_filterText;
    ProjectionQuery m_query; ///< Without the position.
    qint64 m_windowFirst = 0;
    qint64 m_windowCount = 50;
    ProjectionContent m_content;
    int m_rows = 0; ///< What rowCount() says.
    Status m_status;
    CancelToken m_reading; ///< Of a job beside the frame.
    CancelToken m_folding;
    QTimer m_readDue; ///< Runs while what was built since is not shown.
};

} // namespace eventloupe
