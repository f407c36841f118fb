#pragma once

#include <QString>

#include <unordered_map>

namespace eventloupe {

/// A number for each stream of an import, 16 bytes of content a stream: it keeps a 64-bit
/// hash instead of the name. Two streams that share a hash would spoil two figures of a summary,
/// nothing that is stored.
class StreamCounter {
public:
    /// A figure of the stream's, 0 at first sight, to be changed in place.
    qint64& countOf(const QString& stream);
    /// The same without making one.
    [[nodiscard]] qint64 knownCountOf(const QString& stream) const;

private:
    std::unordered_map<quint64, qint64> m_counts;
};

} // namespace eventloupe
