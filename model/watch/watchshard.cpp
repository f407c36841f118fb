#include "watch/watchshard.h"

#include "time/prefetchahead.h"

#include <iterator>

namespace eventloupe {

void WatchShard::fold(const ReplayPiece& piece, const CancelToken& cancel)
{
    m_types.clear();
    for (const std::string& type : piece.types)
        m_types.push_back(&m_fold.type(type));
    const std::vector<ReplayPiece::Row>& rows = piece.rows[m_number];
    for (std::size_t i = 0; i < rows.size() && !cancel.isCancelled(); ++i) {
        prefetchAhead(m_streams, rows, i,
            [](const Stream& stream) -> const LogState& { return stream.track.state; });
        fold(piece, rows[i]);
    }
    const std::scoped_lock lock(m_mutex);
    m_points.insert(m_points.end(), std::make_move_iterator(m_found.begin()),
        std::make_move_iterator(m_found.end()));
    m_found.clear();
    m_done = piece.last;
}

void WatchShard::fold(const ReplayPiece& piece, const ReplayPiece::Row& row)
{
    if (row.stream >= m_streams.size())
        m_streams.resize(row.stream + 1U);
    Stream& stream = m_streams[row.stream];
    if (row.birth > 0) {
        const std::string_view name = piece.name(piece.births[row.birth - 1]);
        stream.nameOffset = m_names.size();
        stream.nameSize = name.size();
        m_names.append(name);
        m_fold.begin(stream.track, name);
    } else if (stream.track.category == nullptr && !stream.track.isBegun) {
        m_fold.begin(stream.track, {});
        stream.track.isBegun = !stream.track.isWatched;
    }
    EventView event = piece.view(row);
    event.stream = { m_names.data() + stream.nameOffset, stream.nameSize };
    event.type = piece.types[row.type];
    event.streamId = static_cast<StreamId>(row.stream * piece.rows.size() + m_number) + 1;
    if (m_fold.look(stream.track, *m_types[row.type], event) && event.position >= m_from)
        m_found.push_back(m_fold.point(event));
}

Position WatchShard::take(std::vector<WatchPoint>& points)
{
    const std::scoped_lock lock(m_mutex);
    points.insert(points.end(), std::make_move_iterator(m_points.begin()),
        std::make_move_iterator(m_points.end()));
    m_points.clear();
    return m_done;
}

} // namespace eventloupe
