#pragma once

#include "value/event.h"

#include <QAbstractSlider>
#include <QPixmap>
#include <QTimer>

#include <map>
#include <optional>
#include <set>
#include <utility>

class QMenu;

namespace eventloupe {

class Density;
class TimeCursor;

/// The slider over the whole log, drawn on how busy the log was, in the colours of its categories.
/// What lies after the cursor is faint.
///
/// Click or drag, wheel and arrow keys (Page Up and Down: a twentieth; Home and End) move the time
/// cursor. While the mouse is dragged, only the newest place of a turn of the event loop counts.
class TimelineSlider final : public QAbstractSlider {
    Q_OBJECT

public:
    TimelineSlider(TimeCursor& cursor, Density& density, QWidget* parent = nullptr);

    /// Where a position's handle stands, in this widget's coordinates.
    [[nodiscard]] QPoint pointOf(Position position) const;
    /// The position whose handle is nearest.
    [[nodiscard]] Position positionAt(const QPoint& point) const;

    [[nodiscard]] const std::set<Position>& marks() const { return m_marks; }
    void setMarks(const std::set<Position>& marks);
    /// Sets a mark, or takes it away.
    void toggleMark(Position position);
    /// What the marks' tool tips say, by position.
    void setNotes(const std::map<Position, QString>& notes) { m_notes = notes; }
    /// Shows between which events is played in a loop.
    void setLoop(const std::optional<std::pair<Position, Position>>& loop);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void marksChanged();
    /// The context menu of a place is about to open: others add what they can do there. A mark
    /// that is near has its own position.
    void menuOpening(QMenu& menu, eventloupe::Position position);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void follow();
    void showDensity();
    void pick(Position position);
    void flush();
    [[nodiscard]] Position shown() const;
    [[nodiscard]] QRectF track() const;
    [[nodiscard]] double xOf(double position) const;
    void requestDensity();
    void drawStrip();
    void drawLoop(QPainter& painter) const;
    void drawMarks(QPainter& painter) const;
    void drawHandle(QPainter& painter) const;
    [[nodiscard]] QString toolTipAt(const QPoint& point) const;
    [[nodiscard]] std::optional<Position> markNear(const QPoint& point) const;

    TimeCursor& m_cursor;
    Density& m_density;
    QPixmap m_strip; ///< The density, drawn once for each of its changes; null: draw it again.
    std::set<Position> m_marks;
    std::map<Position, QString> m_notes;
    std::optional<std::pair<Position, Position>> m_loop;
    std::optional<Position> m_pending; ///< Picked, and not yet told to the cursor.
    QTimer m_flush;
    bool m_following = false;
    double m_wheelEvents = 0;
};

} // namespace eventloupe
