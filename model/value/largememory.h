#pragma once

#include <cstddef>

namespace eventloupe {

/// Memory in large pages where the system has them: whoever reaches all over hundreds of megabytes
/// waits mostly for where the next page is, else. Throws std::bad_alloc. Thread-safe.
[[nodiscard]] void* allocateLarge(std::size_t bytes);
void freeLarge(void* memory);

/// For containers that get that large.
template <class T> struct LargeAllocator {
    using value_type = T;

    LargeAllocator() = default;
    template <class U> explicit LargeAllocator(const LargeAllocator<U>&) { }

    [[nodiscard]] T* allocate(std::size_t count)
    {
        return static_cast<T*>(allocateLarge(count * sizeof(T)));
    }
    void deallocate(T* memory, std::size_t) { freeLarge(memory); }
    friend bool operator==(const LargeAllocator&, const LargeAllocator&) { return true; }
};

} // namespace eventloupe
