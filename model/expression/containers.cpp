#include "expression/containers.h"

#include <algorithm>

namespace eventloupe {

namespace {

/// An order over all keys; those that CEL calls equal are equivalent.
bool keyLess(const Value& left, const Value& right)
{
    if (const auto order = compareValues(left, right)) {
        return *order < 0;
    }
    const auto rank = [](const Value& key) {
        return key.type() == ValueType::Bool ? 0 : key.type() == ValueType::String ? 2 : 1;
    };
    return rank(left) < rank(right);
}

} // namespace

bool MapValue::isKey(const Value& value)
{
    switch (value.type()) {
    case ValueType::Bool:
    case ValueType::Int:
    case ValueType::UInt:
    case ValueType::String:
        return true;
    default:
        return false;
    }
}

void ListValue::append(Value item)
{
    weight = std::min(weight + item.weight(), Value::mostWeight);
    depth = std::max(depth, item.depth() + 1);
    items.push_back(std::move(item));
}

qsizetype MapValue::assign(std::vector<Entry> entries)
{
    const auto bad = std::find_if(
        entries.begin(), entries.end(), [](const Entry& entry) { return !isKey(entry.first); });
    if (bad != entries.end()) {
        return bad - entries.begin();
    }
    m_entries = std::move(entries);
    for (const Entry& entry : m_entries) {
        m_weight
            = std::min(m_weight + entry.first.weight() + entry.second.weight(), Value::mostWeight);
        m_depth = std::max(m_depth, entry.second.depth() + 1);
    }
    m_sorted.resize(m_entries.size());
    for (std::size_t i = 0; i < m_sorted.size(); ++i) {
        m_sorted[i] = static_cast<quint32>(i);
    }
    const auto less = [this](quint32 left, quint32 right) {
        return keyLess(m_entries[left].first, m_entries[right].first);
    };
    std::stable_sort(m_sorted.begin(), m_sorted.end(), less);
    const auto twice = std::adjacent_find(m_sorted.begin(), m_sorted.end(),
        [&](quint32 left, quint32 right) { return !less(left, right); });
    return twice == m_sorted.end() ? qsizetype(-1) : qsizetype(*std::next(twice));
}

const Value* MapValue::find(const Value& key) const
{
    const bool number = key.type() == ValueType::Double && key.toDouble() == key.toDouble();
    if (!number && !isKey(key)) {
        return nullptr;
    }
    const auto at = std::lower_bound(m_sorted.begin(), m_sorted.end(), key,
        [this](quint32 entry, const Value& k) { return keyLess(m_entries[entry].first, k); });
    if (at == m_sorted.end() || keyLess(key, m_entries[*at].first)) {
        return nullptr;
    }
    return &m_entries[*at].second;
}

} // namespace eventloupe
