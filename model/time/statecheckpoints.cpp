#include "time/statecheckpoints.h"

#include <iterator>

namespace eventloupe {

StateCheckpoints::StateCheckpoints(std::size_t maximumCount, qint64 maximumBytes)
    : m_maximumCount(maximumCount)
    , m_maximumBytes(maximumBytes)
{
}

const AggregateState* StateCheckpoints::nearest(StreamId stream, StreamVersion version)
{
    const auto found = m_streams.constFind(stream);
    if (found == m_streams.cend())
        return nullptr;
    auto best = m_entries.end();
    const auto after = found->marks.upper_bound(version);
    if (after != found->marks.begin())
        best = std::prev(after)->second;
    if (found->last && (*found->last)->state.version <= version
        && (best == m_entries.end() || (*found->last)->state.version > best->state.version))
        best = *found->last;
    if (best == m_entries.end())
        return nullptr;
    m_entries.splice(m_entries.begin(), m_entries, best);
    return &best->state;
}

void StateCheckpoints::keepMark(StreamId stream, const AggregateState& state)
{
    Stream& entry = m_streams[stream];
    if (entry.marks.contains(state.version))
        return;
    entry.marks.emplace(state.version, add(stream, state, true));
    shrink();
}

void StateCheckpoints::keepLast(StreamId stream, const AggregateState& state)
{
    Stream& entry = m_streams[stream];
    if (entry.last) {
        m_bytes -= (*entry.last)->bytes;
        m_entries.erase(*entry.last);
    }
    entry.last = add(stream, state, false);
    shrink();
}

void StateCheckpoints::clear()
{
    m_streams.clear();
    m_entries.clear();
    m_bytes = 0;
}

StateCheckpoints::Entries::iterator StateCheckpoints::add(
    StreamId stream, const AggregateState& state, bool isMark)
{
    const qint64 bytes = estimatedBytes(state.value);
    m_bytes += bytes;
    m_entries.push_front({ stream, state, bytes, isMark });
    return m_entries.begin();
}

void StateCheckpoints::drop(Entries::iterator entry)
{
    const auto stream = m_streams.find(entry->stream);
    if (entry->isMark)
        stream->marks.erase(entry->state.version);
    else
        stream->last.reset();
    if (stream->marks.empty() && !stream->last)
        m_streams.erase(stream);
    m_bytes -= entry->bytes;
    m_entries.erase(entry);
}

void StateCheckpoints::shrink()
{
    // The newest stays even when it alone is over the bound: the fold under way stands on it.
    while (m_entries.size() > 1 && (m_entries.size() > m_maximumCount || m_bytes > m_maximumBytes))
        drop(std::prev(m_entries.end()));
}

qint64 estimatedBytes(const JsonValue& value)
{
    auto bytes = static_cast<qint64>(sizeof(JsonValue));
    if (value.isString())
        return bytes + value.toUtf8().size();
    for (const JsonValue& element : value.elements())
        bytes += estimatedBytes(element);
    for (const JsonValue::Member& member : value.members())
        bytes += static_cast<qint64>(sizeof(QByteArray)) + member.key.size()
            + estimatedBytes(member.value);
    return bytes;
}

} // namespace eventloupe
