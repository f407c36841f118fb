#include "store/checkedevents.h"

#include "store/eventrules.h"
#include "value/uuid.h"

namespace eventloupe {

Result<void> CheckedEvents::add(const EventTexts& event)
{
    for (const Result<void>& checked : { checkStreamName(event.stream), checkTypeName(event.type),
             checkEventId(event.id), checkEventTime(event.time) })
        if (!checked)
            return checked;
    Place place;
    place.time = event.time;
    place.begin = m_block.size();
    place.type = m_block.append(event.stream).size();
    place.id = m_block.append(event.type).size();
    if (event.id.empty())
        m_block.append(makeUuidV7().toStdString());
    place.data = m_block.append(event.id).size();
    place.metadata = m_block.append(event.data.text()).size();
    place.end = m_block.append(event.metadata.text()).size();
    m_events.push_back(place);
    return {};
}

CheckedEventView CheckedEvents::at(std::size_t index) const
{
    const Place& place = m_events[index];
    const std::string_view block = m_block;
    const auto between
        = [block](std::size_t from, std::size_t to) { return block.substr(from, to - from); };
    CheckedEventView event;
    event.m_stream = between(place.begin, place.type);
    event.m_type = between(place.type, place.id);
    event.m_id = between(place.id, place.data);
    event.m_time = place.time;
    event.m_data = between(place.data, place.metadata);
    event.m_metadata = between(place.metadata, place.end);
    return event;
}

void CheckedEvents::reserve(std::size_t events, std::size_t bytes)
{
    m_events.reserve(events);
    m_block.reserve(bytes);
}

} // namespace eventloupe
