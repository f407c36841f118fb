#pragma once

#include "store/storeclient.h"
#include "time/framepart.h"
#include "time/frametimes.h"
#include "time/newestjob.h"
#include "time/timecursor.h"

#include <vector>

namespace eventloupe {

/// What the window shows of the time cursor's position, and the one place where it changes.
///
/// The cursor is where the person wants to be; the frame follows as fast as the store answers. All
/// parts read what they show of a position in one job on the store's interactive lane, and show
/// it in one go, so that they never show two different positions. While a frame is being read,
/// the newest of further moves waits and what was passed over is not read at all; each frame that
/// was read is shown, so that a drag over a slow store is seen to move. GUI thread.
class CursorFrame final : public QObject {
    Q_OBJECT

public:
    CursorFrame(StoreClient& client, TimeCursor& cursor, QObject* parent = nullptr);
    ~CursorFrame() override;

    /// Takes part in every frame from the next one on, after those that were added before. A part
    /// goes before the frame does, or is removed first.
    void add(FramePart& part);
    void remove(FramePart& part);

    /// The position that is shown, and its event; none before the first event.
    [[nodiscard]] Position position() const { return m_position; }
    [[nodiscard]] const std::optional<Event>& event() const { return m_event; }
    /// Whether the cursor stands elsewhere, or a frame is being read.
    [[nodiscard]] bool isBehind() const;
    /// Reads and shows the position again, when what a part shows of it is to be another.
    void refresh();
    /// The window was painted, for times().
    void notePaint() { m_times.painted(); }
    [[nodiscard]] const FrameTimes& times() const { return m_times; }

signals:
    /// All parts show this position, or what they show of it anew.
    void shown(eventloupe::Position position);

private:
    struct Answer;
    void follow();
    void start();
    void take(const Answer& answer);
    void clear();

    StoreClient& m_client;
    TimeCursor& m_cursor;
    std::vector<FramePart*> m_parts;
    Position m_position = 0;
    std::optional<Event> m_event;
    NewestJob m_job;
    CancelToken m_token;
    bool m_isDue = false; ///< start() will be called.
    FrameTimes m_times;
};

} // namespace eventloupe
