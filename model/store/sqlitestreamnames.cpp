#include "store/sqlitestreamnames.h"

#include <algorithm>
#include <utility>

namespace eventloupe {

/// Streams are numbered in order of birth, and a scan meets the new ones in that order: those that
/// follow a new one are read with it.
std::string_view SqliteStreamNames::load(StreamId id)
{
    constexpr qint64 together = 32;
    const bool isNew = id > m_newest;
    m_newest = std::max(m_newest, id + (isNew ? together - 1 : 0));
    auto statement
        = m_connection.prepare("SELECT id, name FROM stream WHERE id >= ?1 ORDER BY id LIMIT ?2");
    statement.bind(1, id).bind(2, isNew ? together : 1);
    bool isLong = false;
    for (auto stepped = statement.step(); stepped && *stepped; stepped = statement.step()) {
        const StreamId found = statement.integer(0);
        const std::string_view name = statement.text(1);
        if (name.size() <= longestKept)
            keep(found, name);
        else if (found == id)
            m_long = name;
        isLong = isLong || (found == id && name.size() > longestKept);
    }
    if (isLong)
        return m_long;
    const Place& place = placeOf(id);
    return place.id == id ? std::string_view(place.text.data(), place.length) : std::string_view();
}

void SqliteStreamNames::keep(StreamId id, std::string_view name)
{
    if (++m_loads > m_places.size() && m_places.size() < mostPlaces)
        grow();
    Place& place = placeOf(id);
    place.id = id;
    place.length = static_cast<quint8>(name.size());
    std::copy(name.begin(), name.end(), place.text.begin());
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
