#pragma once

#include "value/jsonvalue.h"

#include <vector>

namespace eventloupe {

/// Finds an object's members by key without a scan: open addressing over member numbers.
///
/// Small objects have none, since a scan beats it there. The hash is seeded once a process, so that
/// a hostile payload cannot choose keys that collide.
class JsonIndex {
public:
    /// Up to this many members are scanned.
    static constexpr std::size_t smallest = 16;

    [[nodiscard]] bool isEmpty() const { return m_slots.empty(); }
    /// The member's number, or -1.
    [[nodiscard]] qsizetype find(
        const std::vector<JsonValue::Member>& members, std::string_view key) const;
    /// Takes in the last member.
    void addLast(const std::vector<JsonValue::Member>& members);
    void rebuild(const std::vector<JsonValue::Member>& members);
    void clear() { m_slots.clear(); }

private:
    void place(std::string_view key, std::size_t member);
    [[nodiscard]] std::size_t mask() const { return m_slots.size() - 1; }

    std::vector<quint32> m_slots; ///< Member number + 1; 0 is free. A power of two long.
};

} // namespace eventloupe
