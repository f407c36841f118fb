#pragma once

#include <QTimer>
#include <QWidget>

#include <memory>

class QComboBox;
class QLineEdit;
class QMenu;
class QProgressBar;
class QToolButton;

namespace eventloupe {

class PlainLabel;
struct ProjectionDefinition;
class ProjectionDisplayModel;
class ProjectionExporter;
class ProjectionModel;
class StoreClient;
class TimeCursor;
class WindowTable;

/// A workspace's projections: a picker, a filter, the table at the cursor, which position it is of
/// and how far it is built. A row's last event is gone to by a double click or Enter. It is folded
/// only while the panel is visible.
class ProjectionPanel final : public QWidget {
    Q_OBJECT

public:
    ProjectionPanel(
        StoreClient& client, ProjectionModel& model, TimeCursor& cursor, QWidget* parent = nullptr);

    [[nodiscard]] WindowTable& table() const { return *m_table; }
    [[nodiscard]] ProjectionExporter& exporter() const { return *m_exporter; }

signals:
    /// Something to be told in the status bar.
    void said(const QString& message);
    /// A cell's context menu is about to open: others add what they can do with it. Column 0 is
    /// the key.
    void menuOpening(QMenu& menu, const QString& key, int column);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* makeTop();
    QWidget* makeBottom();
    void connectModel();
    void connectExporter();
    void showProjections();
    void showStatus();
    void showProgress();
    void sizeColumns();
    void applyFilter();
    void goToRow(qint64 row);
    void showMenu(const QPoint& place);
    [[nodiscard]] QString statusText() const;
    [[nodiscard]] QString troubleText() const;
    /// Of the first row in view into which an event could not be folded.
    [[nodiscard]] QString failedRowText() const;
    [[nodiscard]] QString emptyText() const;

    ProjectionModel& m_model;
    TimeCursor& m_cursor;
    QComboBox* m_picker;
    QLineEdit* m_filter;
    QToolButton* m_export;
    WindowTable* m_table;
    ProjectionDisplayModel* m_display;
    PlainLabel* m_status;
    PlainLabel* m_trouble;
    QProgressBar* m_progress;
    ProjectionExporter* m_exporter;
    QTimer m_filterRest; ///< Runs while the person types.
    std::shared_ptr<const ProjectionDefinition> m_shown;
    bool m_isSized = false; ///< The columns fit the first rows.
    QString m_filterFault; ///< Why the text in the field is not in force.
};

} // namespace eventloupe
