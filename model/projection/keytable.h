#pragma once

#include "projection/projectiontable.h"

#include <optional>

namespace eventloupe {

/// Finds rows by their keys, which lie in the table: eight bytes a row and slot.
class KeyTable {
public:
    explicit KeyTable(const ProjectionTable& table)
        : m_table(table)
    {
    }

    /// A key that may have no cell yet: a long text or number, or else the cell itself.
    struct Key {
        Cell cell; ///< Missing where `text` is the key.
        std::string_view text;
        bool isNumber = false; ///< `text` is the JSON of a number.
    };
    [[nodiscard]] std::optional<RowNumber> find(const Key& key) const;
    [[nodiscard]] std::size_t bytes() const { return m_slots.size() * sizeof(Slot); }
    /// Notes the row that was added last, whose key no other row has.
    void add(RowNumber row, const Key& key);

private:
    struct Slot {
        quint32 hash = 0;
        quint32 row = 0; ///< From 1; 0 is free.
    };
    [[nodiscard]] static quint32 hashOf(const Key& key);
    [[nodiscard]] bool isAt(RowNumber row, const Key& key) const;
    void grow();

    const ProjectionTable& m_table;
    std::vector<Slot> m_slots = std::vector<Slot>(1024); ///< A power of two long.
    std::size_t m_count = 0;
};

} // namespace eventloupe
