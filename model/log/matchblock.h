#pragma once

#include "value/event.h"

#include <span>
#include <vector>

namespace eventloupe {

/// Which of 65,536 neighbouring positions fit a filter: their offsets where they are few, a bit for
/// each where they are many. Never over 8.3 KB. Immutable.
class MatchBlock {
public:
    static constexpr Position size = 65536;

    /// Ascending, at least one.
    explicit MatchBlock(std::vector<quint16> offsets);

    [[nodiscard]] qint64 count() const { return m_count; }
    /// 0 <= index < count().
    [[nodiscard]] quint16 at(qint64 index) const;
    /// How many are at or before the offset.
    [[nodiscard]] qint64 countUpTo(quint16 offset) const;
    [[nodiscard]] std::vector<quint16> offsets() const;
    /// In memory, without this object itself.
    [[nodiscard]] qint64 bytes() const;

private:
    static constexpr std::size_t wordBits = 64;
    static constexpr std::size_t wordsPerGroup = 64;

    qint64 m_count;
    std::vector<quint16> m_offsets; ///< Or, where there are many,
    std::vector<quint64> m_words; ///< the bits,
    std::vector<quint16> m_before; ///< and how many there are before each group of words.
};

} // namespace eventloupe
