#pragma once

#include "log/logcolumns.h"
#include "time/framepart.h"
#include "ui/log/eventnote.h"
#include "ui/log/windowtable.h"

class QMenu;

namespace eventloupe {

class CursorFrame;
class EventLogModel;
class LogDisplayModel;
class TimeCursor;

/// The log. Its current row is the frame's position: picking a row moves the cursor there. Scrolls
/// by itself without moving the cursor.
class LogView final : public WindowTable, public FramePart {
    Q_OBJECT

public:
    LogView(
        EventLogModel& model, TimeCursor& cursor, CursorFrame& frame, QWidget* parent = nullptr);
    ~LogView() override;

    /// Scrolls to the cursor.
    void revealCursor();
    /// Whether the columns are as wide as somebody made them; else they fit the view, where it is
    /// narrow, so that the type is in it.
    void setOwnWidths(bool own);
    /// What rows say beside what is stored.
    void setNotes(const EventNotes& notes);
    /// Puts the cursor's event on the clipboard, as a line of the exchange format.
    void copyCursorEvent();

    [[nodiscard]] Read prepare(Position position) override;

signals:
    /// A condition that the person asks the filter for: `type == "X"`.
    void filterAsked(const QString& expression);
    /// An event's context menu is about to open: others add what they can do with it.
    void menuOpening(QMenu& menu, const Event& event);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void setUpColumns();
    [[nodiscard]] bool mustReveal() const;
    void showFrame();
    void followRows();
    void fitPositions();
    void fitColumns();
    void setWidth(LogColumn column, int width);
    void placeCursor();
    void placeKeys();
    void prefetch();
    void copyEvent(const Event& event);
    void fillMenu(QMenu& menu, qint64 row, int column);
    void addFilterActions(QMenu& menu, const Event& event);

    EventLogModel& m_model;
    TimeCursor& m_cursor;
    CursorFrame& m_frame;
    LogDisplayModel* m_display;
    Position m_lastHead = 0;
    bool m_hasOwnWidths = false;
    bool m_isFitting = false; ///< A width that changes is not somebody's.
    int m_streamWidth = 0; ///< Where there is room.
    int m_typeWidth = 0;
    int m_positionWidth = 0; ///< Of the longest position so far, in pixels.
};

/// `name == "text"`, the text as a string of the expression language.
[[nodiscard]] QString equalsCondition(const QString& name, const QString& text);

} // namespace eventloupe
