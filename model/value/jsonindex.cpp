#include "value/jsonindex.h"

#include "value/event.h"

#include <QHashFunctions>

#include <bit>

namespace eventloupe {

namespace {

std::size_t hashOf(std::string_view key)
{
    static const std::size_t seed = QHashSeed::globalSeed();
    return qHashBits(key.data(), key.size(), seed);
}

} // namespace

qsizetype JsonIndex::find(const std::vector<JsonValue::Member>& members, std::string_view key) const
{
    for (std::size_t slot = hashOf(key) & mask(); m_slots[slot] != 0; slot = (slot + 1) & mask()) {
        const auto member = m_slots[slot] - 1;
        if (viewOf(members[member].key) == key) {
            return member;
        }
    }
    return -1;
}

void JsonIndex::addLast(const std::vector<JsonValue::Member>& members)
{
    if (members.size() * 2 > m_slots.size()) {
        rebuild(members);
    } else {
        place(viewOf(members.back().key), members.size() - 1);
    }
}

void JsonIndex::rebuild(const std::vector<JsonValue::Member>& members)
{
    m_slots.assign(std::bit_ceil(members.size() * 4), 0);
    for (std::size_t member = 0; member < members.size(); ++member) {
        place(viewOf(members[member].key), member);
    }
}

void JsonIndex::place(std::string_view key, std::size_t member)
{
    std::size_t slot = hashOf(key) & mask();
    while (m_slots[slot] != 0) {
        slot = (slot + 1) & mask();
    }
    m_slots[slot] = static_cast<quint32>(member + 1);
}

} // namespace eventloupe
