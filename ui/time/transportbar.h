#pragma once

#include <QWidget>

class QActionGroup;
class QMenu;
class QToolButton;

namespace eventloupe {

class Playback;
class TimeCursor;

/// The buttons that move the time cursor: first, previous, play, next, last, and the speed.
class TransportBar final : public QWidget {
    Q_OBJECT

public:
    TransportBar(TimeCursor& cursor, Playback& playback, QWidget* parent = nullptr);

    /// How it plays: the speed, by event or by time, and where pauses are cut. Others may add.
    [[nodiscard]] QMenu* menu() const { return m_menu; }

private:
    QToolButton* addButton(
        const char* objectName, int symbol, const QString& name, const QString& keys);
    void setUpSpeed();
    void addPaces();
    void addPauses();
    void showSettings();
    void showPlaying();
    void showSpeed();
    void enableSteps();

    TimeCursor& m_cursor;
    Playback& m_playback;
    QToolButton* m_first;
    QToolButton* m_previous;
    QToolButton* m_play;
    QToolButton* m_next;
    QToolButton* m_last;
    QToolButton* m_speed;
    QMenu* m_menu;
    QActionGroup* m_paces = nullptr;
    QActionGroup* m_pauses = nullptr;
};

} // namespace eventloupe
