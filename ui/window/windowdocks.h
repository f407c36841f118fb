#pragma once

#include <QList>
#include <QObject>

#include <utility>

class QAction;
class QDockWidget;
class QMainWindow;

namespace eventloupe {

/// The docks around the log: streams left, state right and projections behind it, commands below.
/// Hidden while nothing is open, and then as they were.
class WindowDocks final : public QObject {
    Q_OBJECT

public:
    WindowDocks(QMainWindow& window, QWidget* streams, QWidget* state, QWidget* commands,
        QWidget* projections);

    /// Adds a panel behind the others of its area, hidden until it is asked for. To be called
    /// before a layout is restored; `name` is the dock's in layouts.
    QDockWidget* addPanel(
        QWidget* panel, const QString& name, const QString& title, Qt::DockWidgetArea area);
    /// Shows a panel that was added, in front of those that share its place.
    static void bringUp(QDockWidget& dock);
    /// Shows the state in front of the projections.
    void showState() { bringUp(*m_state); }
    [[nodiscard]] QList<QAction*> actions() const;
    void setStreamsTitle(const QString& title);
    /// Shows the docks as they are meant to be, or none.
    void setOpen(bool open);
    /// The layout as it is, or was when a store was open last.
    [[nodiscard]] QByteArray saveState() const;
    void restoreState(const QByteArray& state);
    /// Gives the commands their height, or, where there are none to issue, only their words'.
    void fitCommands(bool any);
    /// Hides the projections where there are none, until there are some.
    void fitProjections(bool any);
    /// Whether that is why they are hidden: a layout that was saved then does not tell.
    [[nodiscard]] bool isProjectionsHidden() const { return m_isProjectionsHidden; }
    void setProjectionsHidden(bool hidden) { m_isProjectionsHidden = hidden; }
    /// Back to the first layout, for the window's present size.
    void reset();

signals:
    /// A layout that was kept is there again, with the tool bars as they were then.
    void restored();

private:
    void putBehind(QDockWidget& dock, Qt::DockWidgetArea area);
    [[nodiscard]] int firstCommandsHeight() const;
    void resizeToFirst();
    QDockWidget* add(
        QWidget* panel, const QString& name, const QString& title, Qt::DockWidgetArea area);
    static void setTitle(QDockWidget& dock, const QString& title);

    QMainWindow& m_window;
    QDockWidget* m_streams;
    QDockWidget* m_state;
    QDockWidget* m_commands;
    QDockWidget* m_projections;
    QList<std::pair<QDockWidget*, Qt::DockWidgetArea>> m_further; ///< From addPanel().
    QByteArray m_layout;
    bool m_open = true;
    bool m_anyCommands = true;
    bool m_anyProjections = true;
    bool m_isProjectionsHidden = false; ///< For want of any.
    int m_commandsHeight = 0; ///< Before the dock was made small.
};

} // namespace eventloupe
