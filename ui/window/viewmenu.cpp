#include "ui/window/viewmenu.h"

#include <QActionGroup>
#include <QMainWindow>
#include <QMenu>

namespace eventloupe {

ViewMenu::ViewMenu(QMainWindow& window)
    : QObject(&window)
    , m_menu(new QMenu(tr("&View"), &window))
    , m_panelsEnd(m_menu->addSeparator())
    , m_themes(new QActionGroup(this))
{
    addThemes();
    m_menu->addAction(tr("&Reset Layout"), this, &ViewMenu::resetAsked);
    m_menu->addSeparator();
    auto* full = m_menu->addAction(tr("&Full Screen"));
    full->setCheckable(true);
    full->setShortcut(Qt::Key_F11);
    connect(full, &QAction::toggled, &window, [&window](bool on) {
        window.setWindowState(window.windowState().setFlag(Qt::WindowFullScreen, on));
    });
}

void ViewMenu::addPanel(QAction* action)
{
    m_menu->insertAction(m_panelsEnd, action);
}

void ViewMenu::addThemes()
{
    auto* themes = m_menu->addMenu(tr("&Theme"));
    const auto add = [this, themes](const QString& caption, ThemeMode mode) {
        auto* action = themes->addAction(caption, this, [this, mode] { emit themeAsked(mode); });
        action->setObjectName(QStringLiteral("theme-") + themeModeName(mode));
        action->setCheckable(true);
        action->setData(static_cast<int>(mode));
        m_themes->addAction(action);
    };
    add(tr("&System"), ThemeMode::System);
    add(tr("&Light"), ThemeMode::Light);
    add(tr("&Dark"), ThemeMode::Dark);
}

void ViewMenu::setTheme(ThemeMode mode)
{
    for (auto* action : m_themes->actions())
        action->setChecked(action->data().toInt() == static_cast<int>(mode));
}

} // namespace eventloupe
