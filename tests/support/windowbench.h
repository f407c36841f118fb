#pragma once

#include "app/workbench.h"
#include "ui/window/mainwindow.h"
#include "ui/window/session.h"

#include <QTemporaryDir>

#include <memory>

namespace eventloupe {

/// The whole program but its main(): a window over a workbench, with a session of its own that a
/// second start finds again.
class WindowBench {
public:
    static constexpr int patience = 10000; ///< Milliseconds.

    WindowBench();
    ~WindowBench();

    /// Makes the window; what was kept of an earlier one comes back.
    void start();
    /// Closes it as a person does.
    void quit();
    /// Takes it away without a close event.
    void endWithoutClosing();
    /// Opens a store or a workspace and waits; false when that failed.
    [[nodiscard]] bool open(const QString& location);

    [[nodiscard]] Workbench& workbench() { return *m_workbench; }
    [[nodiscard]] TimeCursor& cursor() { return m_workbench->parts().cursor; }
    [[nodiscard]] MainWindow& window() { return *m_window; }
    [[nodiscard]] QString configuration() const { return m_configuration.path(); }

    /// A widget by its object name; the test program ends when there is none.
    template <class T> T* find(const char* name)
    {
        auto* widget = m_window->findChild<T*>(QString::fromLatin1(name));
        if (!widget)
            qFatal("no %s", name);
        return widget;
    }

private:
    QTemporaryDir m_configuration;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Workbench> m_workbench;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace eventloupe
