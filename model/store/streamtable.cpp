#include "store/streamtable.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>

namespace eventloupe {

namespace {

quint32 hashOf(std::string_view name)
{
    const auto hash = static_cast<quint64>(std::hash<std::string_view> {}(name));
    return static_cast<quint32>(hash ^ hash >> 32);
}

void fetch([[maybe_unused]] const void* address)
{
#ifdef __GNUC__
    __builtin_prefetch(address);
#endif
}

} // namespace

void StreamTable::prefetch(std::span<const std::string_view> names) const
{
    constexpr std::size_t atOnce = 16;
    std::array<quint32, atOnce> places {};
    names = names.first(std::min(names.size(), atOnce));
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t i = 0; i < names.size(); ++i) {
        places[i] = hashOf(names[i]);
        fetch(&m_slots[places[i] & mask]);
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        places[i] = m_slots[places[i] & mask].index;
        if (places[i] != 0)
            fetch(&m_streams[places[i] - 1]);
    }
    for (std::size_t i = 0; i < names.size(); ++i)
        if (places[i] != 0)
            fetch(m_streams[places[i] - 1].text);
}

StreamTable::Stream* StreamTable::place(std::string_view name)
{
    const quint32 hash = hashOf(name);
    const std::size_t mask = m_slots.size() - 1;
    std::size_t at = hash & mask;
    for (; m_slots[at].index != 0; at = (at + 1) & mask) {
        if (m_slots[at].hash != hash)
            continue;
        Stream& stream = m_streams[m_slots[at].index - 1];
        if (stream.name() == name)
            return &stream;
    }
    if (m_streams.size() == maximumStreams)
        return nullptr;
    Stream& stream = append(name);
    m_slots[at] = { hash, static_cast<quint32>(m_streams.size()) };
    if (m_streams.size() * 4 > m_slots.size() * 3)
        grow();
    return &stream;
}

const StreamTable::Stream* StreamTable::find(std::string_view name) const
{
    const quint32 hash = hashOf(name);
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t at = hash & mask; m_slots[at].index != 0; at = (at + 1) & mask) {
        const Stream& stream = m_streams[m_slots[at].index - 1];
        if (m_slots[at].hash == hash && stream.name() == name)
            return &stream;
    }
    return nullptr;
}

StreamTable::Stream& StreamTable::append(std::string_view name)
{
    auto* text = static_cast<char*>(m_names.allocate(name.size() + 1, 1));
    std::memcpy(text, name.data(), name.size());
    Stream& stream = m_streams.emplace_back();
    stream.text = text;
    stream.length = static_cast<quint32>(name.size());
    return stream;
}

void StreamTable::grow()
{
    std::vector<Slot> grown(m_slots.size() * 2);
    const std::size_t mask = grown.size() - 1;
    for (const Slot& slot : m_slots) {
        if (slot.index == 0)
            continue;
        std::size_t at = slot.hash & mask;
        while (grown[at].index != 0)
            at = (at + 1) & mask;
        grown[at] = slot;
    }
    m_slots.swap(grown);
}

} // namespace eventloupe
