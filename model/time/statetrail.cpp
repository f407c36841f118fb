#include "time/statetrail.h"

#include "time/statecheckpoints.h"

#include <algorithm>

namespace eventloupe {

StateTrail::StateTrail(qint64 maximumBytes)
    : m_maximumBytes(maximumBytes)
{
}

const AggregateState* StateTrail::nearest(StreamId stream, StreamVersion version) const
{
    if (m_states.empty() || stream != m_stream || version < m_states.front().state.version)
        return nullptr;
    const auto last = static_cast<StreamVersion>(m_states.size()) - 1;
    const StreamVersion place = std::min(version - m_states.front().state.version, last);
    return &m_states[static_cast<std::size_t>(place)].state;
}

void StateTrail::add(StreamId stream, const AggregateState& state)
{
    const bool isSame = !m_states.empty() && stream == m_stream;
    if (isSame && state.version >= m_states.front().state.version
        && state.version <= m_states.back().state.version)
        return;
    if (!isSame || state.version != m_states.back().state.version + 1)
        clear();
    m_stream = stream;
    const AggregateState* before = m_states.empty() ? nullptr : &m_states.back().state;
    const qint64 bytes = keptBytes(state, before);
    m_states.push_back({ state, bytes });
    m_bytes += bytes;
    while (count() > longest || (m_bytes > m_maximumBytes && count() > 1)) {
        m_bytes -= m_states.front().bytes;
        m_states.pop_front();
        // What it shared with the one that went is its own now.
        Kept& first = m_states.front();
        m_bytes -= first.bytes;
        first.bytes = keptBytes(first.state, nullptr);
        m_bytes += first.bytes;
    }
}

void StateTrail::clear()
{
    m_states.clear();
    m_bytes = 0;
}

} // namespace eventloupe
