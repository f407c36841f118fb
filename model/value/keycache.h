#pragma once

#include "value/event.h"

#include <array>

namespace eventloupe {

/// Hands out shared copies of short strings that come again and again, which member names do.
class KeyCache {
public:
    QByteArray operator()(std::string_view key)
    {
        if (key.empty() || key.size() > 24) {
            return toBytes(key);
        }
        const auto first = static_cast<unsigned char>(key.front());
        const auto middle = static_cast<unsigned char>(key[key.size() / 2]);
        const auto last = static_cast<unsigned char>(key.back());
        const std::size_t slot
            = (first * 31U + middle * 7U + last * 131U + key.size() * 1009U) % m_entries.size();
        QByteArray& entry = m_entries[slot];
        if (viewOf(entry) != key) {
            entry = toBytes(key);
        }
        return entry;
    }

private:
    std::array<QByteArray, 509> m_entries;
};

} // namespace eventloupe
