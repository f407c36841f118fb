#include "time/eventtimes.h"

#include <algorithm>
#include <cstdlib>

namespace eventloupe {

EventTimes::EventTimes(StoreClient& client, QObject* parent)
    : QObject(parent)
    , m_client(client)
{
    connect(&client, &StoreClient::opened, this, &EventTimes::forget);
    connect(&client, &StoreClient::closed, this, &EventTimes::forget);
}

std::optional<Timestamp> EventTimes::at(Position position)
{
    if (position < 1 || position > m_client.head())
        return std::nullopt;
    const Position page = (position - 1) / pageSize;
    const auto found = m_pages.find(page);
    const auto place = std::size_t((position - 1) % pageSize);
    if (found != m_pages.end() && place < found->second.size())
        return found->second[place];
    read(page);
    return std::nullopt;
}

void EventTimes::read(Position page)
{
    if (m_reading == page || !m_client.isOpen())
        return;
    m_token.cancel();
    m_reading = page;
    m_token = m_client.run<std::vector<Timestamp>>(
        StoreClient::Lane::Interactive, this,
        [page](EventStore& store, const CancelToken& cancel) -> Result<std::vector<Timestamp>> {
            std::vector<Timestamp> times;
            const auto scanned = store.scanLog(page * pageSize + 1, (page + 1) * pageSize,
                ScanColumn::Time, cancel, [&times](const EventView& event) {
                    times.push_back(event.time);
                    return true;
                });
            if (!scanned)
                return scanned.error();
            return times;
        },
        [this, page](const Result<std::vector<Timestamp>>& times) {
            m_reading = -1;
            if (!times)
                return;
            // The page that is furthest away is wanted least.
            if (m_pages.size() >= mostPages) {
                const auto furthest = std::abs(m_pages.begin()->first - page)
                        > std::abs(std::prev(m_pages.end())->first - page)
                    ? m_pages.begin()
                    : std::prev(m_pages.end());
                m_pages.erase(furthest);
            }
            m_pages.insert_or_assign(page, *times);
        });
}

void EventTimes::forget()
{
    m_token.cancel();
    m_reading = -1;
    m_pages.clear();
}

} // namespace eventloupe
