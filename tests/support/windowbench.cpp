#include "support/windowbench.h"

#include "app/gui.h"

#include <QSignalSpy>
#include <QTest>

namespace eventloupe {

WindowBench::WindowBench()
{
    qputenv("EVENTLOUPE_CONFIG_DIR", m_configuration.path().toLocal8Bit());
    start();
}

WindowBench::~WindowBench()
{
    m_window.reset();
}

void WindowBench::start()
{
    m_session = std::make_unique<Session>();
    m_workbench = std::make_unique<Workbench>();
    m_window = std::make_unique<MainWindow>(m_workbench->parts(), *m_session);
    joinWindow(*m_workbench, *m_window);
    m_window->show();
    m_window->activateWindow();
    if (!QTest::qWaitForWindowExposed(m_window.get()))
        qFatal("the window does not show");
}

void WindowBench::quit()
{
    m_window->close();
    endWithoutClosing();
}

void WindowBench::endWithoutClosing()
{
    m_window.reset();
    m_workbench.reset();
    m_session.reset();
}

bool WindowBench::open(const QString& location)
{
    QSignalSpy opened(m_workbench.get(), &Workbench::opened);
    QSignalSpy failed(m_workbench.get(), &Workbench::failed);
    emit m_window->openAsked(location);
    return QTest::qWaitFor([&] { return opened.count() + failed.count() > 0; }, patience)
        && failed.isEmpty();
}

} // namespace eventloupe
