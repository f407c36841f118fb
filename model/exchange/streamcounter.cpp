#include "exchange/streamcounter.h"

#include <QHashFunctions>

namespace eventloupe {

namespace {

quint64 hashOf(const QString& stream)
{
    constexpr std::size_t seed = 0x65766c6f7570;
    return qHash(stream, seed);
}

} // namespace

qint64& StreamCounter::countOf(const QString& stream)
{
    return m_counts[hashOf(stream)];
}

qint64 StreamCounter::knownCountOf(const QString& stream) const
{
    const auto found = m_counts.find(hashOf(stream));
    return found == m_counts.end() ? 0 : found->second;
}

} // namespace eventloupe
