#pragma once

#include "store/storeclient.h"

#include <QObject>

#include <optional>

namespace eventloupe {

class EventLogModel;
class TimeCursor;

/// The event that the time cursor stands on, for the panels that show it. Taken from the log's
/// loaded pages where it is there, else read; positions that the cursor passed meanwhile are left
/// out. GUI thread.
class CursorEvent final : public QObject {
    Q_OBJECT

public:
    CursorEvent(
        StoreClient& client, TimeCursor& cursor, EventLogModel& model, QObject* parent = nullptr);

    /// Nothing before the first event and while it is being read for the first time.
    [[nodiscard]] const std::optional<Event>& event() const { return m_event; }

signals:
    void changed();

private:
    void look();
    void read(Position position);
    void show(std::optional<Event> event);

    StoreClient& m_client;
    TimeCursor& m_cursor;
    EventLogModel& m_model;
    std::optional<Event> m_event;
    CancelToken m_token;
    bool m_reading = false;
};

} // namespace eventloupe
