#pragma once

#include "ui/base/theme.h"

#include <QObject>

class QAction;
class QActionGroup;
class QMainWindow;
class QMenu;

namespace eventloupe {

/// The View menu: panels, theme, and the way back to the first layout.
class ViewMenu final : public QObject {
    Q_OBJECT

public:
    explicit ViewMenu(QMainWindow& window);

    [[nodiscard]] QMenu* menu() const { return m_menu; }
    /// Adds a panel's own action, above the themes.
    void addPanel(QAction* action);
    void setTheme(ThemeMode mode);

signals:
    void themeAsked(eventloupe::ThemeMode mode);
    void resetAsked();

private:
    void addThemes();

    QMenu* m_menu;
    QAction* m_panelsEnd;
    QActionGroup* m_themes;
};

} // namespace eventloupe
