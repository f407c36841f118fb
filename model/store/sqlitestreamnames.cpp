#include "store/sqlitestreamnames.h"

#include <algorithm>
#include <utility>

namespace eventloupe {

std::string_view SqliteStreamNames::load(StreamId id)
{
    auto statement = m_connection.prepare("SELECT name FROM stream WHERE id = ?1");
    statement.bind(1, id);
    const auto stepped = statement.step();
    if (!stepped || !*stepped)
        return {};
    const std::string_view name = statement.text(0);
    if (name.size() > longestKept)
        return m_long = name;
    if (++m_loads > m_places.size() && m_places.size() < mostPlaces)
        grow();
    Place& place = placeOf(id);
    place.id = id;
    place.length = static_cast<quint8>(name.size());
    std::copy(name.begin(), name.end(), place.text.begin());
    return { place.text.data(), place.length };
}

/// As many reads as there are places: there are more streams about than fit.
void SqliteStreamNames::grow()
{
    m_loads = 0;
    const std::vector<Place> before
        = std::exchange(m_places, std::vector<Place>(m_places.size() * 4));
    for (const Place& place : before) {
        if (place.id != 0)
            placeOf(place.id) = place;
    }
}

} // namespace eventloupe
