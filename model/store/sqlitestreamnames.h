#pragma once

#include "store/sqliteconnection.h"
#include "value/event.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace eventloupe {

/// The names of streams by their number: a cache that grows with the streams that a scan meets, up
/// to a fixed size, so that it neither joins the streams row by row nor holds them all. A name lies
/// in the place that its number gives, and the next number of that place drives it out.
///
/// Streams are never renamed or removed, so what is known stays right. Thread: the connection's.
class SqliteStreamNames final {
public:
    static constexpr std::size_t fewestPlaces = std::size_t(1) << 12; ///< 256 KiB.
    static constexpr std::size_t mostPlaces = std::size_t(1) << 19; ///< 32 MiB.
    /// Longer ones are read each time.
    static constexpr std::size_t longestKept = 55;

    explicit SqliteStreamNames(SqliteConnection& connection)
        : m_connection(connection)
    {
    }

    /// Empty where the stream's row is lost: its events are still read, and the log keeps one row
    /// a position. Valid until the next call.
    std::string_view name(StreamId id)
    {
        if (m_places.empty())
            m_places.resize(fewestPlaces);
        const Place& place = placeOf(id);
        return place.id == id ? std::string_view(place.text.data(), place.length) : load(id);
    }
    /// Why a name could not be read since the last call; nothing where none failed. A name that is
    /// empty for such a reason must not be taken for a lost row.
    std::optional<Error> takeFailure()
    {
        return m_failure ? std::exchange(m_failure, std::nullopt) : std::nullopt;
    }
    /// Forgets all: after a transaction that made streams was rolled back.
    void clear()
    {
        m_places.clear();
        m_newest = 0;
    }

private:
    struct Place {
        StreamId id = 0;
        quint8 length = 0;
        std::array<char, longestKept> text;
    };
    static_assert(sizeof(Place) == 64);

    [[nodiscard]] Place& placeOf(StreamId id)
    {
        return m_places[static_cast<std::size_t>(id) & (m_places.size() - 1)];
    }
    std::string_view load(StreamId id);
    void keep(StreamId id, std::string_view name);
    void grow();

    SqliteConnection& m_connection;
    std::vector<Place> m_places; ///< A power of two; made at the first use.
    StreamId m_newest = 0; ///< Up to here nothing is read ahead.
    std::size_t m_loads = 0; ///< Since it grew.
    std::optional<Error> m_failure;
    std::string m_long; ///< The name that was read last and is too long to be kept.
};

} // namespace eventloupe
