#include "value/keynumbers.h"

#include "value/event.h"
#include "value/json.h"

#include <QHashFunctions>

namespace eventloupe {

namespace {

/// Seeded once a process, so that a hostile payload cannot choose names that collide.
std::size_t hashOf(std::string_view name)
{
    static const std::size_t seed = QHashSeed::globalSeed();
    return qHashBits(name.data(), name.size(), seed);
}

} // namespace

KeyNumbers::KeyNumbers()
    : m_entries(1)
    , m_slots(256)
{
}

std::optional<quint16> KeyNumbers::numberOf(std::string_view name)
{
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t slot = hashOf(name) & mask; m_slots[slot] != 0; slot = (slot + 1) & mask) {
        if (m_names[m_slots[slot] - 1U].name == name)
            return m_slots[slot];
    }
    if (m_entries.size() == limit || name.size() > longest)
        return std::nullopt;
    QByteArray text;
    appendJsonString(text, name);
    if (static_cast<std::size_t>(text.size()) > longest)
        return std::nullopt;
    const auto number = static_cast<quint16>(m_entries.size());
    const Name& added = m_names.emplace_back(Name { std::string(name), text.toStdString() });
    m_entries.push_back({ added.text.data(), static_cast<quint32>(added.text.size()), 0, 0 });
    if (m_entries.size() * 2 > m_slots.size()) {
        m_slots.assign(m_slots.size() * 2, 0);
        for (quint16 known = 1; known < number; ++known)
            place(known);
    }
    place(number);
    return number;
}

void KeyNumbers::place(quint16 number)
{
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = hashOf(m_names[number - 1U].name) & mask;
    while (m_slots[slot] != 0)
        slot = (slot + 1) & mask;
    m_slots[slot] = number;
}

} // namespace eventloupe
