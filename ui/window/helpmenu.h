#pragma once

#include <QObject>

class QMenu;
class QMenuBar;
class QWidget;

namespace eventloupe {

/// The Help menu: the reference, the keys, read from the menus themselves, diagnostics, and what
/// the program is.
class HelpMenu final : public QObject {
    Q_OBJECT

public:
    HelpMenu(QMenuBar& bar, QWidget& window);

    [[nodiscard]] QMenu* menu() const { return m_menu; }

signals:
    void referenceAsked();
    void diagnosticsAsked();
    void reportAsked();

private:
    void showKeys();
    void showAbout();

    QMenuBar& m_bar;
    QWidget& m_window;
    QMenu* m_menu;
};

} // namespace eventloupe
