#include "ui/log/cursorevent.h"

#include "log/eventlogmodel.h"
#include "time/timecursor.h"

namespace eventloupe {

CursorEvent::CursorEvent(
    StoreClient& client, TimeCursor& cursor, EventLogModel& model, QObject* parent)
    : QObject(parent)
    , m_client(client)
    , m_cursor(cursor)
    , m_model(model)
{
    connect(&cursor, &TimeCursor::positionChanged, this, &CursorEvent::look);
    const auto forget = [this] {
        m_token.cancel();
        m_reading = false;
        show({});
    };
    connect(&client, &StoreClient::opened, this, [this, forget] {
        forget();
        look();
    });
    connect(&client, &StoreClient::closed, this, forget);
    look();
}

void CursorEvent::look()
{
    const auto position = m_cursor.position();
    if (position == 0) {
        show({});
        return;
    }
    const int row = m_model.rowOf(position);
    const Event* loaded = row >= 0 ? m_model.eventAt(row) : nullptr;
    if (loaded && loaded->position == position)
        show(*loaded);
    else if (!m_reading && m_client.isOpen())
        read(position);
}

void CursorEvent::read(Position position)
{
    m_reading = true;
    m_token = m_client.run<QList<Event>>(
        StoreClient::Lane::Interactive, this,
        [position](EventStore& store, const CancelToken&) { return store.readLog(position, 1); },
        [this, position](const Result<QList<Event>>& answer) {
            m_reading = false;
            if (m_cursor.position() != position)
                look();
            else if (answer.ok() && !answer->isEmpty())
                show(answer->first());
        });
}

void CursorEvent::show(std::optional<Event> event)
{
    const auto positionOf = [](const std::optional<Event>& one) { return one ? one->position : 0; };
    const bool same
        = positionOf(event) == positionOf(m_event) && (!event || event->id == m_event->id);
    if (same)
        return;
    m_event = std::move(event);
    emit changed();
}

} // namespace eventloupe
