#include "exchange/streamcounter.h"

#include <QHashFunctions>

namespace eventloupe {

StreamVersion& StreamCounter::versionOf(const QString& stream, bool& isNew)
{
    const quint64 hash = qHash(stream, std::size_t(0x65766c6f7570));
    const auto [entry, inserted] = m_versions.try_emplace(hash, 0);
    isNew = inserted;
    return entry->second;
}

} // namespace eventloupe
