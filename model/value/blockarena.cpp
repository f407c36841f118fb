#include "value/blockarena.h"

#include "value/largememory.h"

#include <cstring>
#include <utility>

namespace eventloupe {

BlockArena::~BlockArena()
{
    for (void* memory : m_chunks)
        freeLarge(memory);
}

char* BlockArena::allocate(std::size_t size)
{
    char*& free = m_free[classOf(size)];
    if (free != nullptr) {
        char* block = free;
        std::memcpy(&free, block, sizeof free);
        return block;
    }
    if (static_cast<std::size_t>(m_end - m_at) < size) {
        const std::size_t bytes = m_chunks.empty() ? firstChunk : chunk;
        m_at = static_cast<char*>(m_chunks.emplace_back(allocateLarge(bytes)));
        m_end = m_at + bytes;
    }
    return std::exchange(m_at, m_at + size);
}

void BlockArena::release(char* block, std::size_t size)
{
    char*& free = m_free[classOf(size)];
    std::memcpy(block, &free, sizeof free);
    free = block;
}

} // namespace eventloupe
