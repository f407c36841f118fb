#include "store/sqlitestreamnames.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace eventloupe {

namespace {
constexpr StreamId readAhead = 31;
constexpr StreamId mostBetween = 1024;
} // namespace

/// Streams are numbered in order of birth, and a scan meets the new ones in that order, less those
/// in pieces of the log that another thread has: what lies between and what follows is read along.
std::string_view SqliteStreamNames::load(StreamId id)
{
    const bool isNew = id > m_newest;
    const bool isNear = isNew && id - m_newest <= mostBetween;
    const StreamId first = isNear ? m_newest + 1 : id;
    const StreamId last
        = isNew ? id + std::min(readAhead, std::numeric_limits<StreamId>::max() - id) : id;
    m_newest = std::max(m_newest, last);
    auto statement = m_connection.prepare(
        "SELECT id, name FROM stream WHERE id >= ?1 AND id <= ?2 ORDER BY id");
    statement.bind(1, first).bind(2, last);
    bool isLong = false;
    for (;;) {
        const auto stepped = statement.step();
        const bool isCorrupt = !stepped && stepped.error().code == ErrorCode::Corrupt;
        // The damaged row may be that of another stream; this one is read alone, as it is not new
        // any more.
        if (isCorrupt && (first != id || last != id))
            return load(id);
        if (!stepped) {
            m_failure = stepped.error();
            m_newest = isCorrupt ? m_newest : 0;
            return {};
        }
        if (!*stepped)
            break;
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
