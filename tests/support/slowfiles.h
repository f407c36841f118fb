#pragma once

#include <QString>

namespace eventloupe {

/// A slow disk: while one of these lives, calls of the system that name a file under its folder,
/// or read, write or sync one that was opened there, take so much longer. Whoever makes them:
/// SQLite, Qt, the C library. Its functions stand in the program before those of the C library, so
/// link the file into the test and export the program's symbols (-rdynamic). One at a time.
class SlowFiles final {
public:
    SlowFiles(const QString& folder, int milliseconds);
    ~SlowFiles();

    /// How many calls were slowed down, of all threads.
    [[nodiscard]] static int calls();
};

} // namespace eventloupe
