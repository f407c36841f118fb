#pragma once

#include "expression/value.h"

#include <vector>

namespace eventloupe {

/// A list that an expression made. Its values borrow nothing.
struct ListValue {
    std::vector<Value> items;
    qint64 weight = 0; ///< Sum of the items' Value::weight().
    int depth = 1;

    void append(Value item);
};

/// A value that may be missing. It borrows nothing.
struct OptionalValue {
    std::optional<Value> value;
    int depth = 1;
};

/// A map that an expression made: keys are bool, int, uint or string, in insertion order.
/// Its values borrow nothing.
class MapValue {
public:
    using Entry = std::pair<Value, Value>;

    /// The number of the first entry whose key cannot be one or is there twice, or -1: then the
    /// map is complete.
    qsizetype assign(std::vector<Entry> entries);

    [[nodiscard]] qint64 weight() const { return m_weight; }
    [[nodiscard]] int depth() const { return m_depth; }
    [[nodiscard]] const std::vector<Entry>& entries() const { return m_entries; }
    [[nodiscard]] const Value* find(const Value& key) const;

    [[nodiscard]] static bool isKey(const Value& value);

private:
    std::vector<Entry> m_entries;
    qint64 m_weight = 0; ///< Sum of the entries' Value::weight().
    int m_depth = 1;
    std::vector<quint32> m_sorted; ///< Entry numbers by key, for a binary search.
};

} // namespace eventloupe
