#pragma once

#include <QtGlobal>

#include <memory>
#include <vector>

namespace eventloupe {

/// Memory that is only ever added to. Over a bound it lies in a file without a name in the user's
/// cache folder, which the system may bring out of memory; where no such file can be made, it stays
/// in memory.
class SpillMemory final {
public:
    /// Where a piece lies, in units of unitSize bytes; 0 is none.
    using Handle = quint32;
    static constexpr std::size_t unitSize = 16;
    static constexpr std::size_t usualBytesInMemory = std::size_t(256) * 1024 * 1024;

    explicit SpillMemory(std::size_t bytesInMemory = usualBytesInMemory);
    ~SpillMemory();
    SpillMemory(const SpillMemory&) = delete;
    SpillMemory& operator=(const SpillMemory&) = delete;

    /// Zeroed; at most a segment's size. 0 when there is no room left.
    Handle allocate(std::size_t bytes);
    [[nodiscard]] char* at(Handle handle) const
    {
        return m_segments[handle >> segmentShift]
            + static_cast<std::size_t>(handle & segmentMask) * unitSize;
    }
    [[nodiscard]] std::size_t bytes() const { return m_segments.size() * segmentSize; }
    [[nodiscard]] bool isSpilled() const { return m_file >= 0; }

private:
    static constexpr unsigned segmentShift = 18; ///< 4 MB
    static constexpr Handle segmentMask = (Handle(1) << segmentShift) - 1;
    static constexpr std::size_t segmentSize = (std::size_t(1) << segmentShift) * unitSize;

    char* newSegment();
    char* mapSegment();

    std::size_t m_bytesInMemory;
    std::vector<char*> m_segments;
    std::size_t m_inMemory = 0; ///< How many of the segments.
    std::size_t m_used; ///< Of the last segment.
    int m_file = -1;
    bool m_isSpillImpossible = false;
};

} // namespace eventloupe
