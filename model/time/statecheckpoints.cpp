#include "time/statecheckpoints.h"

#include <iterator>

namespace eventloupe {

namespace {

/// What the heap adds to each block, with its own and the block's bookkeeping.
constexpr qint64 bytesPerBlock = 32;

} // namespace

StateCheckpoints::StateCheckpoints(qint64 maximumBytes)
    : m_maximumBytes(maximumBytes)
{
}

const AggregateState* StateCheckpoints::nearest(StreamId stream, StreamVersion version)
{
    const auto found = m_streams.find(stream);
    if (found == m_streams.end())
        return nullptr;
    const AggregateState* best = nullptr;
    const auto after = found->marks.upper_bound(version);
    if (after != found->marks.begin())
        best = &std::prev(after)->second.state;
    if (found->last && found->last->state.version <= version
        && (!best || found->last->state.version > best->version))
        best = &found->last->state;
    if (best)
        m_uses.splice(m_uses.begin(), m_uses, found->use);
    return best;
}

bool StateCheckpoints::wantsMark(StreamId stream, StreamVersion version) const
{
    if (version <= 0 || version % smallestInterval != 0)
        return false;
    const auto found = m_streams.constFind(stream);
    return found == m_streams.cend()
        || (version % found->interval == 0 && !found->marks.contains(version));
}

void StateCheckpoints::keepMark(StreamId stream, const AggregateState& state)
{
    if (!wantsMark(stream, state.version))
        return;
    Stream& entry = use(stream);
    const auto place = entry.marks.emplace(state.version, Kept { state, 0 }).first;
    const AggregateState* before
        = place == entry.marks.begin() ? nullptr : &std::prev(place)->second.state;
    place->second.bytes = keptBytes(state, before);
    count(entry, 1, place->second.bytes);
    shrink();
}

void StateCheckpoints::keepLast(StreamId stream, const AggregateState& state)
{
    Stream& entry = use(stream);
    if (entry.last)
        count(entry, -1, -entry.last->bytes);
    const auto after = entry.marks.upper_bound(state.version);
    const AggregateState* mark
        = after == entry.marks.begin() ? nullptr : &std::prev(after)->second.state;
    entry.last = Kept { state, keptBytes(state, mark) };
    count(entry, 1, entry.last->bytes);
    shrink();
}

void StateCheckpoints::clear()
{
    m_streams.clear();
    m_uses.clear();
    m_bytes = 0;
    m_count = 0;
}

StreamVersion StateCheckpoints::interval(StreamId stream) const
{
    const auto found = m_streams.constFind(stream);
    return found == m_streams.cend() ? smallestInterval : found->interval;
}

StreamVersion StateCheckpoints::lastMark(StreamId stream) const
{
    const auto found = m_streams.constFind(stream);
    return found == m_streams.cend() || found->marks.empty() ? 0 : found->marks.rbegin()->first;
}

StateCheckpoints::Stream& StateCheckpoints::use(StreamId stream)
{
    const auto found = m_streams.find(stream);
    if (found != m_streams.end()) {
        m_uses.splice(m_uses.begin(), m_uses, found->use);
        return *found;
    }
    m_uses.push_front(stream);
    Stream& entry = m_streams[stream];
    entry.use = m_uses.begin();
    return entry;
}

void StateCheckpoints::count(Stream& entry, qint64 states, qint64 bytes)
{
    m_count += states;
    m_bytes += bytes;
    entry.bytes += bytes;
}

/// Drops every other mark. What the others shared with those is theirs alone now.
void StateCheckpoints::thinOut(Stream& entry)
{
    entry.interval *= 2;
    for (const auto& [version, kept] : entry.marks)
        count(entry, -1, -kept.bytes);
    std::erase_if(entry.marks, [&](const auto& mark) { return mark.first % entry.interval != 0; });
    const AggregateState* before = nullptr;
    for (auto& [version, kept] : entry.marks) {
        kept.bytes = keptBytes(kept.state, before);
        before = &kept.state;
        count(entry, 1, kept.bytes);
    }
}

void StateCheckpoints::shrink()
{
    Stream& newest = m_streams[m_uses.front()];
    while (newest.bytes > m_maximumBytes / 2 && newest.marks.size() > 1)
        thinOut(newest);
    // The newest stays even when it alone is over the bound: the fold under way stands on it.
    while (m_bytes > m_maximumBytes && m_uses.size() > 1) {
        const auto oldest = m_streams.find(m_uses.back());
        count(*oldest, -static_cast<qint64>(oldest->marks.size()) - (oldest->last ? 1 : 0),
            -oldest->bytes);
        m_streams.erase(oldest);
        m_uses.pop_back();
    }
}

qint64 keptBytes(const AggregateState& state, const AggregateState* earlier)
{
    const qint64 bytes
        = bytesPerKeptState + estimatedBytes(state.value, earlier ? &earlier->value : nullptr);
    if (!state.blame)
        return bytes;
    return bytes
        + state.blame->estimatedBytes(earlier && earlier->blame ? &*earlier->blame : nullptr);
}

qint64 estimatedBytes(const JsonValue& value, const JsonValue* other)
{
    if (other && value.sharesStorageWith(*other))
        return 0;
    if (value.isString()) {
        const std::string_view bytes = value.toView();
        const bool isShared = other && other->isString() && other->toView().data() == bytes.data();
        return isShared ? 0 : bytesPerBlock + static_cast<qint64>(bytes.size());
    }
    if (value.size() == 0)
        return value.isArray() || value.isObject() ? bytesPerBlock : 0;
    qint64 bytes = 3 * bytesPerBlock;
    const auto elements = value.elements();
    const auto others = other ? other->elements() : std::span<const JsonValue>();
    for (std::size_t i = 0; i < elements.size(); ++i)
        bytes += static_cast<qint64>(sizeof(JsonValue))
            + estimatedBytes(elements[i], i < others.size() ? &others[i] : nullptr);
    for (const JsonValue::Member& member : value.members())
        bytes += static_cast<qint64>(sizeof(JsonValue::Member))
            + estimatedBytes(member.value, other ? other->find(viewOf(member.key)) : nullptr);
    return bytes;
}

} // namespace eventloupe
