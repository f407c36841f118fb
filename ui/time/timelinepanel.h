#pragma once

#include "store/storeclient.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QMenu;
class QToolButton;

namespace eventloupe {

class Density;
class Playback;
class PlainLabel;
class TimeCursor;
class TimelineSlider;

/// The bottom of the window: buttons, where the cursor is in words, and the slider with the times
/// of its two ends.
class TimelinePanel final : public QWidget {
    Q_OBJECT

public:
    TimelinePanel(StoreClient& client, TimeCursor& cursor, Playback& playback, Density& density,
        QWidget* parent = nullptr);

    [[nodiscard]] TimelineSlider& slider() const { return *m_slider; }
    /// How it plays.
    [[nodiscard]] QMenu* playbackMenu() const { return m_playbackMenu; }
    /// The position that the window shows, and its event, for the caption. The slider stands where
    /// the cursor is asked to be.
    void setShown(Position position, const std::optional<Event>& event);

private:
    void layOut(QWidget* transport);
    void showCaption();
    void showLive();
    void readEnds();
    void showEnds(const QList<Event>& ends);

    StoreClient& m_client;
    TimeCursor& m_cursor;
    PlainLabel* m_caption;
    QToolButton* m_live;
    TimelineSlider* m_slider;
    QMenu* m_playbackMenu = nullptr;
    PlainLabel* m_start;
    PlainLabel* m_end;
    Position m_shown = 0;
    std::optional<Event> m_event;
    QTimer m_endsDue; ///< Coalesces growth.
    CancelToken m_endsToken;
};

} // namespace eventloupe
