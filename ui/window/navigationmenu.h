#pragma once

#include <QObject>

class QAction;
class QMenu;
class QWidget;

namespace eventloupe {

class TimelineSlider;
struct WindowParts;

/// The Navigate menu: every way to move the time cursor by keys, and the marks.
class NavigationMenu final : public QObject {
    Q_OBJECT

public:
    NavigationMenu(const WindowParts& parts, TimelineSlider& slider, QWidget& window);

    [[nodiscard]] QMenu* menu() const { return m_menu; }
    void setStoreOpen(bool open);

private:
    void addSteps(const WindowParts& parts);
    void addPlayback(const WindowParts& parts);
    void addMarks(const WindowParts& parts, TimelineSlider& slider);
    /// Letters and Space are shortcuts only while the focus is where they are not typed.
    void watchFocus(QWidget* now);

    QMenu* m_menu;
    QList<QAction*> m_typed; ///< Whose keys are letters.
    QAction* m_space = nullptr;
    bool m_open = false;
};

} // namespace eventloupe
