#include "log/matchblock.h"

#include <algorithm>
#include <bit>

namespace eventloupe {

namespace {
/// More offsets than these take more room than bits.
constexpr std::size_t mostOffsets = 4096;
} // namespace

MatchBlock::MatchBlock(std::vector<quint16> offsets)
    : m_count(std::ssize(offsets))
{
    if (offsets.size() <= mostOffsets) {
        m_offsets = std::move(offsets);
        m_offsets.shrink_to_fit();
        return;
    }
    m_words.resize(static_cast<std::size_t>(size) / wordBits);
    for (const quint16 offset : offsets)
        m_words[offset / wordBits] |= quint64(1) << (offset % wordBits);
    m_before.reserve(m_words.size() / wordsPerGroup);
    quint16 before = 0;
    for (std::size_t word = 0; word < m_words.size(); ++word) {
        if (word % wordsPerGroup == 0)
            m_before.push_back(before);
        before = static_cast<quint16>(before + std::popcount(m_words[word]));
    }
}

quint16 MatchBlock::at(qint64 index) const
{
    if (m_words.empty())
        return m_offsets[static_cast<std::size_t>(index)];
    const auto group = std::prev(std::upper_bound(m_before.begin(), m_before.end(), index));
    std::size_t word = static_cast<std::size_t>(group - m_before.begin()) * wordsPerGroup;
    qint64 left = index - *group;
    for (int bits = std::popcount(m_words[word]); left >= bits;
         bits = std::popcount(m_words[word])) {
        left -= bits;
        ++word;
    }
    quint64 rest = m_words[word];
    for (; left > 0; --left)
        rest &= rest - 1;
    return static_cast<quint16>(word * wordBits + static_cast<std::size_t>(std::countr_zero(rest)));
}

qint64 MatchBlock::countUpTo(quint16 offset) const
{
    if (m_words.empty())
        return std::upper_bound(m_offsets.begin(), m_offsets.end(), offset) - m_offsets.begin();
    const std::size_t last = offset / wordBits;
    qint64 count = m_before[last / wordsPerGroup];
    for (std::size_t word = last / wordsPerGroup * wordsPerGroup; word < last; ++word)
        count += std::popcount(m_words[word]);
    const quint64 upTo = ~quint64(0) >> (wordBits - 1 - offset % wordBits);
    return count + std::popcount(m_words[last] & upTo);
}

std::vector<quint16> MatchBlock::offsets() const
{
    if (m_words.empty())
        return m_offsets;
    std::vector<quint16> offsets;
    offsets.reserve(static_cast<std::size_t>(m_count));
    for (std::size_t word = 0; word < m_words.size(); ++word) {
        for (quint64 rest = m_words[word]; rest != 0; rest &= rest - 1)
            offsets.push_back(static_cast<quint16>(
                word * wordBits + static_cast<std::size_t>(std::countr_zero(rest))));
    }
    return offsets;
}

qint64 MatchBlock::bytes() const
{
    return static_cast<qint64>(m_offsets.capacity() * sizeof(quint16)
        + m_words.capacity() * sizeof(quint64) + m_before.capacity() * sizeof(quint16));
}

} // namespace eventloupe
