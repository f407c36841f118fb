#include "time/replayshard.h"

#include "time/prefetchahead.h"
#include "value/category.h"

namespace eventloupe {

std::string_view ReplayShard::name(std::size_t stream) const
{
    return { m_names.data() + m_streams[stream].nameOffset, m_streams[stream].nameSize };
}

void ReplayShard::fold(const ReplayPiece& piece)
{
    m_types.clear();
    for (const std::string& type : piece.types)
        m_types.push_back(&m_evolver.type(type));
    const std::vector<ReplayPiece::Row>& rows = piece.rows[m_number];
    for (std::size_t i = 0; i < rows.size(); ++i) {
        prefetchAhead(m_streams, rows, i,
            [](const Stream& stream) -> const LogState& { return stream.state; });
        fold(piece, rows[i]);
    }
    m_events += static_cast<qint64>(rows.size());
}

void ReplayShard::fold(const ReplayPiece& piece, const ReplayPiece::Row& row)
{
    if (row.stream >= m_streams.size())
        m_streams.resize(row.stream + 1U);
    Stream& stream = m_streams[row.stream];
    if (row.birth > 0) {
        const std::string_view name = piece.name(piece.births[row.birth - 1]);
        stream.nameOffset = m_names.size();
        stream.nameSize = name.size();
        m_names.append(name);
        stream.category = &m_evolver.category(categoryOf(name));
        m_evolver.begin(stream.state, *stream.category);
    } else if (stream.category == nullptr) {
        stream.category = &m_evolver.category({});
    }
    EventView event = piece.view(row);
    event.stream = name(row.stream);
    event.type = piece.types[row.type];
    if (!m_evolver.evolve(stream.state, *m_types[row.type], *stream.category, event))
        ++m_failures;
}

} // namespace eventloupe
