#pragma once

#include "value/event.h"

#include <QString>

#include <unordered_map>

namespace eventloupe {

/// Counts the events of each stream of an import, 16 bytes of content a stream: it keeps a 64-bit
/// hash instead of the name. Two streams that share a hash would spoil two figures of a summary,
/// nothing that is stored.
class StreamCounter {
public:
    /// The version before the next event, to be changed in place; `isNew` tells a first sight.
    StreamVersion& versionOf(const QString& stream, bool& isNew);
    [[nodiscard]] qint64 streams() const { return static_cast<qint64>(m_versions.size()); }

private:
    std::unordered_map<quint64, StreamVersion> m_versions;
};

} // namespace eventloupe
