#pragma once

#include <QObject>

class QAction;
class QDockWidget;
class QMainWindow;

namespace eventloupe {

/// The dock of the domain panel, below the log beside the commands. Not shown until it is asked
/// for.
class DomainDock final : public QObject {
    Q_OBJECT

public:
    DomainDock(QMainWindow& window, QWidget* panel);

    [[nodiscard]] QAction* action() const;
    /// Nothing is shown while no store is open.
    void setOpen(bool open);
    /// Brings it to the front, with room to write.
    void bring();
    void reset();

private:
    void makeRoom();

    QMainWindow& m_window;
    QDockWidget* m_dock;
};

} // namespace eventloupe
