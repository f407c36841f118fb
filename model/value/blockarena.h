#pragma once

#include <bit>
#include <cstddef>
#include <vector>

namespace eventloupe {

/// Blocks for what grows by a few bytes now and then, by the million: what is given back is used
/// for the next block of its size, and all are freed together. Not thread-safe.
class BlockArena {
public:
    static constexpr std::size_t largest = 128U << 10U;

    BlockArena() = default;
    BlockArena(const BlockArena&) = delete;
    BlockArena& operator=(const BlockArena&) = delete;
    ~BlockArena();

    /// The size of the block for so many bytes, 1 to `largest`.
    [[nodiscard]] static constexpr std::size_t blockSize(std::size_t bytes)
    {
        return bytes <= mostStepped ? (bytes + step - 1) / step * step : std::bit_ceil(bytes);
    }
    /// A block of a size that blockSize() gave.
    [[nodiscard]] char* allocate(std::size_t size);
    void release(char* block, std::size_t size);
    /// In memory, with what is free for the next blocks.
    [[nodiscard]] std::size_t bytes() const
    {
        return m_chunks.empty() ? 0 : firstChunk + (m_chunks.size() - 1) * chunk;
    }

private:
    static constexpr std::size_t step = 32;
    static constexpr std::size_t mostStepped = 4096; ///< Above it sizes are powers of two.
    static constexpr std::size_t firstChunk = 256U << 10U;
    static constexpr std::size_t chunk = 4U << 20U;

    [[nodiscard]] static std::size_t classOf(std::size_t size)
    {
        return size <= mostStepped ? size / step
                                   : mostStepped / step + std::bit_width(size / mostStepped);
    }

    std::vector<char*> m_free = std::vector<char*>(classOf(largest) + 1); ///< Each holds the next.
    std::vector<void*> m_chunks;
    char* m_at = nullptr;
    char* m_end = nullptr;
};

} // namespace eventloupe
