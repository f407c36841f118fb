#pragma once

namespace eventloupe {

/// As long as one lives, no thread of the program can start another one: the system's limit is
/// reached. Link support/nothreads.cpp into the test's program itself.
class NoThreads final {
public:
    NoThreads();
    ~NoThreads();
    NoThreads(const NoThreads&) = delete;
    NoThreads& operator=(const NoThreads&) = delete;

    /// False with ThreadSanitizer, which has to see that threads begin.
    [[nodiscard]] static bool isPossible();
};

} // namespace eventloupe
