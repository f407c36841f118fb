#include "ui/window/windowdocks.h"

#include "ui/base/plaintext.h"

#include <QAction>
#include <QDockWidget>
#include <QMainWindow>
#include <QTabBar>
#include <QTimer>

#include <array>

namespace eventloupe {

namespace {

constexpr int layoutVersion = 1;

} // namespace

WindowDocks::WindowDocks(
    QMainWindow& window, QWidget* streams, QWidget* state, QWidget* commands, QWidget* projections)
    : QObject(&window)
    , m_window(window)
    , m_streams(add(streams, QStringLiteral("streamsDock"), tr("Streams"), Qt::LeftDockWidgetArea))
    , m_state(add(state, QStringLiteral("stateDock"), tr("State"), Qt::RightDockWidgetArea))
    , m_commands(
          add(commands, QStringLiteral("commandsDock"), tr("Commands"), Qt::BottomDockWidgetArea))
    , m_projections(add(projections, QStringLiteral("projectionsDock"), tr("Projections"),
          Qt::RightDockWidgetArea))
{
    window.tabifyDockWidget(m_state, m_projections);
    m_state->raise();
    window.setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    window.setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    window.setDockOptions(
        QMainWindow::AnimatedDocks | QMainWindow::AllowTabbedDocks | QMainWindow::AllowNestedDocks);
}

QDockWidget* WindowDocks::add(
    QWidget* panel, const QString& name, const QString& title, Qt::DockWidgetArea area)
{
    auto* dock = new QDockWidget(title, &m_window);
    dock->setObjectName(name);
    dock->setWidget(panel);
    dock->toggleViewAction()->setProperty("caption", title);
    m_window.addDockWidget(area, dock);
    return dock;
}

QDockWidget* WindowDocks::addPanel(
    QWidget* panel, const QString& name, const QString& title, Qt::DockWidgetArea area)
{
    auto* dock = add(panel, name, title, area);
    m_further.append({ dock, area });
    putBehind(*dock, area);
    dock->hide();
    return dock;
}

void WindowDocks::putBehind(QDockWidget& dock, Qt::DockWidgetArea area)
{
    m_window.tabifyDockWidget(area == Qt::LeftDockWidgetArea ? m_streams
            : area == Qt::BottomDockWidgetArea               ? m_commands
                                                             : m_state,
        &dock);
}

void WindowDocks::bringUp(QDockWidget& dock)
{
    dock.show();
    dock.raise();
    dock.widget()->setFocus();
}

QList<QAction*> WindowDocks::actions() const
{
    QList<QAction*> actions { m_streams->toggleViewAction(), m_state->toggleViewAction(),
        m_commands->toggleViewAction(), m_projections->toggleViewAction() };
    for (const auto& [dock, area] : m_further)
        actions.append(dock->toggleViewAction());
    return actions;
}

void WindowDocks::setStreamsTitle(const QString& title)
{
    setTitle(*m_streams, title);
}

void WindowDocks::setTitle(QDockWidget& dock, const QString& title)
{
    dock.setWindowTitle(title);
    // The menu names the panel, not what it shows at the moment.
    dock.toggleViewAction()->setText(dock.toggleViewAction()->property("caption").toString());
}

void WindowDocks::setOpen(bool open)
{
    if (open == m_open)
        return;
    if (!open && m_window.isVisible())
        m_layout = m_window.saveState(layoutVersion);
    m_open = open;
    const std::array docks { m_streams, m_state, m_commands, m_projections };
    for (auto* dock : docks) {
        dock->toggleViewAction()->setEnabled(open);
        dock->setVisible(open);
    }
    for (const auto& [dock, area] : m_further) {
        dock->toggleViewAction()->setEnabled(open);
        if (!open)
            dock->hide();
    }
    if (!open)
        return;
    if (m_layout.isEmpty() || !m_window.restoreState(m_layout, layoutVersion))
        reset();
    emit restored();
}

QByteArray WindowDocks::saveState() const
{
    return m_open ? m_window.saveState(layoutVersion) : m_layout;
}

void WindowDocks::restoreState(const QByteArray& state)
{
    m_layout = state;
    if (m_open && !state.isEmpty())
        m_window.restoreState(state, layoutVersion);
    emit restored();
}

void WindowDocks::fitCommands(bool any)
{
    if (any == m_anyCommands)
        return;
    m_anyCommands = any;
    if (!any)
        m_commandsHeight = m_commands->height();
    m_window.resizeDocks({ m_commands },
        { any ? std::max(m_commandsHeight, firstCommandsHeight()) : 1 }, Qt::Vertical);
}

void WindowDocks::fitProjections(bool any)
{
    m_anyProjections = any;
    if (!any && !m_projections->isHidden()) {
        m_isProjectionsHidden = true;
        m_projections->hide();
    } else if (any && std::exchange(m_isProjectionsHidden, false)) {
        m_projections->show();
    }
}

int WindowDocks::firstCommandsHeight() const
{
    // The form in full, where the log keeps its share.
    const int height = m_window.height();
    return std::clamp(m_commands->sizeHint().height(), height * 30 / 100, height * 40 / 100);
}

void WindowDocks::reset()
{
    const std::array places { std::pair(m_streams, Qt::LeftDockWidgetArea),
        std::pair(m_state, Qt::RightDockWidgetArea),
        std::pair(m_commands, Qt::BottomDockWidgetArea),
        std::pair(m_projections, Qt::RightDockWidgetArea) };
    for (const auto& [dock, area] : places) {
        dock->setFloating(false);
        m_window.addDockWidget(area, dock);
        dock->setVisible(m_open && (dock != m_projections || m_anyProjections));
    }
    m_isProjectionsHidden = m_open && !m_anyProjections;
    m_window.tabifyDockWidget(m_state, m_projections);
    for (const auto& [dock, area] : m_further) {
        dock->setFloating(false);
        m_window.addDockWidget(area, dock);
        putBehind(*dock, area);
        dock->hide();
    }
    m_state->raise();
    // Docks that moved have their places only after the window was laid out.
    QTimer::singleShot(0, this, &WindowDocks::resizeToFirst);
}

void WindowDocks::resizeToFirst()
{
    const int width = m_window.width();
    m_window.resizeDocks(
        { m_streams, m_state }, { width * 24 / 100, width * 27 / 100 }, Qt::Horizontal);
    m_window.resizeDocks(
        { m_commands }, { m_anyCommands ? firstCommandsHeight() : 1 }, Qt::Vertical);
    // Qt keeps a bar without tabs from where docks were put behind others, and draws its line.
    for (auto* bar : m_window.findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly))
        if (bar->count() == 0)
            bar->setDrawBase(false);
}

} // namespace eventloupe
