#pragma once

#include <QTimer>
#include <QWidget>

class QLineEdit;
class QMenu;

namespace eventloupe {

class CursorFrame;
class StreamDisplayModel;
class StreamListModel;
class Subject;
class TimeCursor;
class WindowTable;

/// The streams that exist at the cursor, with a box that finds them by name. Picking a stream pins
/// it as the subject; picking a category opens or closes it.
class StreamListView final : public QWidget {
    Q_OBJECT

public:
    StreamListView(StreamListModel& model, Subject& subject, TimeCursor& cursor, CursorFrame& frame,
        QWidget* parent = nullptr);

    [[nodiscard]] WindowTable& table() const { return *m_table; }
    /// "Streams at #8,120", for the dock.
    [[nodiscard]] QString title() const;
    /// Column widths, for the session.
    [[nodiscard]] QByteArray saveLayout() const;
    void restoreLayout(const QByteArray& layout);
    void resetLayout();

signals:
    void titleChanged(const QString& title);
    /// A condition that the person asks the log's filter for.
    void filterAsked(const QString& expression);
    /// A stream's context menu is about to open: others add what they can do with it.
    void menuOpening(QMenu& menu, const QString& stream);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void layOut();
    void setUpColumns();
    void pick(qint64 row);
    void search();
    void markSubject();
    void showMenu(const QPoint& place);
    void fillMenu(QMenu& menu, const QString& stream);
    void prefetch();
    void sayWhyEmpty();

    StreamListModel& m_model;
    Subject& m_subject;
    TimeCursor& m_cursor;
    QLineEdit* m_search;
    WindowTable* m_table;
    StreamDisplayModel* m_display;
    QTimer m_searchRest; ///< Runs while the person types.
    QTimer m_locate; ///< Coalesces changes after which the subject's row may be another.
    QByteArray m_firstLayout;
    bool m_isDamaged = false; ///< Some could not be read.
    bool m_revealSubject = false;
};

} // namespace eventloupe
