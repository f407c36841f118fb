#include "value/largememory.h"

#include <cstdlib>
#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace eventloupe {

void* allocateLarge(std::size_t bytes)
{
    constexpr std::size_t page = 2U << 20U;
    constexpr std::size_t cacheLine = 64;
    const std::size_t unit = bytes >= page ? page : cacheLine;
    const std::size_t size = (bytes + unit - 1) / unit * unit;
    void* memory = std::aligned_alloc(unit, size);
    if (memory == nullptr)
        throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
    if (unit == page)
        (void)madvise(memory, size, MADV_HUGEPAGE); // Where it fails, small pages do as well.
#endif
    return memory;
}

void freeLarge(void* memory)
{
    std::free(memory);
}

} // namespace eventloupe
