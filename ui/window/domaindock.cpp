#include "ui/window/domaindock.h"

#include <QAction>
#include <QDockWidget>
#include <QMainWindow>
#include <QTimer>

namespace eventloupe {

namespace {

constexpr int widthForTwo = 1200; ///< Editor and form stand side by side from here on.

} // namespace

DomainDock::DomainDock(QMainWindow& window, QWidget* panel)
    : QObject(&window)
    , m_window(window)
    , m_dock(new QDockWidget(tr("Domain"), &window))
{
    m_dock->setObjectName(QStringLiteral("domainDock"));
    m_dock->setWidget(panel);
    m_dock->toggleViewAction()->setShortcut(Qt::CTRL | Qt::Key_D);
    reset();
    connect(m_dock->toggleViewAction(), &QAction::triggered, this, [this](bool on) {
        if (on)
            bring();
    });
}

QAction* DomainDock::action() const
{
    return m_dock->toggleViewAction();
}

void DomainDock::setOpen(bool open)
{
    m_dock->toggleViewAction()->setEnabled(open);
    if (!open)
        m_dock->hide();
}

void DomainDock::reset()
{
    m_dock->setFloating(false);
    m_window.addDockWidget(Qt::BottomDockWidgetArea, m_dock);
    if (auto* commands = m_window.findChild<QDockWidget*>(QStringLiteral("commandsDock")))
        m_window.tabifyDockWidget(commands, m_dock);
    m_dock->hide();
}

void DomainDock::bring()
{
    m_dock->show();
    auto* commands = m_window.findChild<QDockWidget*>(QStringLiteral("commandsDock"));
    const bool isNarrow = m_window.width() < widthForTwo;
    if (isNarrow && commands && !commands->isHidden() && !m_dock->isFloating()
        && m_window.dockWidgetArea(m_dock) == m_window.dockWidgetArea(commands))
        m_window.tabifyDockWidget(commands, m_dock);
    m_dock->raise();
    // The layout knows of it only afterwards.
    QTimer::singleShot(0, this, &DomainDock::makeRoom);
}

void DomainDock::makeRoom()
{
    m_dock->raise();
    const int wanted = m_window.height() * 50 / 100;
    if (!m_dock->isFloating() && m_dock->height() < wanted
        && m_window.dockWidgetArea(m_dock) == Qt::BottomDockWidgetArea)
        m_window.resizeDocks({ m_dock }, { wanted }, Qt::Vertical);
}

} // namespace eventloupe
