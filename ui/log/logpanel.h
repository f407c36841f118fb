#pragma once

#include <QWidget>

#include <memory>

class QSplitter;

namespace eventloupe {

class CursorFrame;
class EventDetail;
class EventLogModel;
class LogFilter;
class LogView;
class TimeCursor;
class Workspace;

/// The log with its scroll bar, and below it the event at the cursor.
class LogPanel final : public QWidget {
    Q_OBJECT

public:
    LogPanel(EventLogModel& model, LogFilter& filter, TimeCursor& cursor, CursorFrame& frame,
        QWidget* parent = nullptr);

    [[nodiscard]] LogView& view() const { return *m_view; }
    /// Column widths and order, and the share of the detail, for the session.
    [[nodiscard]] QByteArray saveLayout() const;
    void restoreLayout(const QByteArray& layout);
    void resetLayout();
    /// Whose upcasts the event's detail shows.
    void setWorkspace(const std::shared_ptr<const Workspace>& workspace);
    /// Shows or hides the event's detail.
    void setDetailVisible(bool visible);
    [[nodiscard]] bool isDetailVisible() const;

signals:
    void detailVisibleChanged(bool visible);

private:
    QWidget* makeTable();
    void showCursorEvent();
    void sayWhyEmpty();

    LogFilter& m_filter;
    TimeCursor& m_cursor;
    CursorFrame& m_frame;
    LogView* m_view;
    EventDetail* m_detail;
    QSplitter* m_splitter;
    QByteArray m_firstLayout;
};

} // namespace eventloupe
