#include "projection/keytable.h"

namespace eventloupe {

quint32 KeyTable::hashOf(const Key& key)
{
    const std::size_t hash = key.text.empty() ? std::hash<quint64>()(key.cell.bits())
                                              : std::hash<std::string_view>()(key.text);
    return static_cast<quint32>((hash * 0x9e3779b97f4a7c15U) >> 32U);
}

bool KeyTable::isAt(RowNumber row, const Key& key) const
{
    const Cell cell = m_table.cell(row, 0);
    if (key.text.empty())
        return cell == key.cell;
    std::string buffer;
    if (key.isNumber) {
        if (cell.kind() != Cell::Kind::Number)
            return false;
        cell.appendJson(buffer);
        return buffer == key.text;
    }
    return cell.kind() == Cell::Kind::Text && cell.toText(buffer) == key.text;
}

std::optional<RowNumber> KeyTable::find(const Key& key) const
{
    const quint32 hash = hashOf(key);
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t at = hash & mask; m_slots[at].row != 0; at = (at + 1) & mask) {
        if (m_slots[at].hash == hash && isAt(m_slots[at].row - 1, key))
            return m_slots[at].row - 1;
    }
    return std::nullopt;
}

void KeyTable::add(RowNumber row, const Key& key)
{
    if (++m_count * 2 > m_slots.size())
        grow();
    const quint32 hash = hashOf(key);
    const std::size_t mask = m_slots.size() - 1;
    std::size_t at = hash & mask;
    while (m_slots[at].row != 0)
        at = (at + 1) & mask;
    m_slots[at] = { hash, row + 1 };
}

void KeyTable::grow()
{
    std::vector<Slot> old(m_slots.size() * 2);
    old.swap(m_slots);
    const std::size_t mask = m_slots.size() - 1;
    for (const Slot& slot : old) {
        if (slot.row == 0)
            continue;
        std::size_t at = slot.hash & mask;
        while (m_slots[at].row != 0)
            at = (at + 1) & mask;
        m_slots[at] = slot;
    }
}

} // namespace eventloupe
