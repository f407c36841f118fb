#pragma once

#include "ui/log/windowtable.h"
#include "value/event.h"

class QMenu;

namespace eventloupe {

class EventLogModel;
class LogDisplayModel;
class TimeCursor;

/// The log. Its current row is the time cursor: picking a row moves the cursor there.
class LogView final : public WindowTable {
    Q_OBJECT

public:
    LogView(EventLogModel& model, TimeCursor& cursor, QWidget* parent = nullptr);
    ~LogView() override;

    /// Scrolls to the cursor.
    void revealCursor();
    /// Puts the cursor's event on the clipboard, as a line of the exchange format.
    void copyCursorEvent() const;

signals:
    /// A condition that the person asks the filter for: `type == "X"`.
    void filterAsked(const QString& expression);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void setUpColumns();
    void followCursor();
    void followRows();
    void placeCursor();
    void prefetch();
    void fillMenu(QMenu& menu, qint64 row, int column);
    void addFilterActions(QMenu& menu, const Event& event);

    EventLogModel& m_model;
    TimeCursor& m_cursor;
    LogDisplayModel* m_display;
    Position m_lastHead = 0;
};

/// `name == "text"`, the text as a string of the expression language.
[[nodiscard]] QString equalsCondition(const QString& name, const QString& text);

} // namespace eventloupe
